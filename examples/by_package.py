"""Adds up what functions_per_file.py found, package by package."""

from collections import Counter


def process_shard(files):
    tokens, functions, count, broken = Counter(), Counter(), Counter(), Counter()
    longest = {}
    for file in files:
        package = file["package"]
        count[package] += 1
        if "broken" in file:
            broken[package] += 1
            continue
        tokens[package] += file["tokens"]
        functions[package] += file["functions"]
        found = (file["longest"]["lines"], file["longest"]["name"])
        longest[package] = max(longest.get(package, found), found, key=lambda pair: pair[0])

    yield f"{'package':<16} {'files':>6} {'broken':>6} {'tokens':>10} {'functions':>10}  longest function"
    for package, total in tokens.most_common(15):
        lines, name = longest[package]
        yield (
            f"{package:<16} {count[package]:>6} {broken[package]:>6} {total:>10,}"
            f" {functions[package]:>10,}  {name} ({lines} lines)"
        )
    yield (
        f"{'all ' + str(len(count)):<16} {count.total():>6} {broken.total():>6}"
        f" {tokens.total():>10,} {functions.total():>10,}"
    )
