# "make help" lists the targets.

DIST   := target/pyparallel
PYTHON := $(DIST)/python/bin/python3.14
STAMP  := $(DIST)/.built

# Maven on the JDK that was found, unless the caller says otherwise with MVN.
FIND_JDK := JAVA_HOME=$$(sh scripts/find-jdk) && export JAVA_HOME && \
  export MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow $$MAVEN_OPTS" &&
MVN      := mvn -B -ntp
# Not -q, which would also hide the warnings that fail a build.
QUIET    := -Dorg.slf4j.simpleLogger.defaultLogLevel=warn
# More options for Maven, such as MVN_FLAGS=-o (offline).
MVN_FLAGS ?=

SOURCES := pom.xml LICENSE NOTICE THIRD-PARTY.md scripts/pyparallel scripts/find-jdk \
  $(wildcard scripts/build/* src/build/* completions/*) \
  $(shell find src/main -type f -not -path '*/__pycache__/*' 2>/dev/null)

.DEFAULT_GOAL := build
.PHONY: build compile test unit python-test lint format demo bench completions dist clean help
.DELETE_ON_ERROR:
.NOTPARALLEL:

build: $(STAMP) ## build the distribution in target/pyparallel (the default)

$(STAMP): $(SOURCES)
	@$(FIND_JDK) $(MVN) $(MVN_FLAGS) $(QUIET) package -DskipTests
	@touch $@
	@echo "built: run scripts/pyparallel (or put $(CURDIR)/$(DIST)/bin on your PATH)"

compile: ## compile only, warnings allowed (fast, for work in progress)
	@$(FIND_JDK) $(MVN) $(MVN_FLAGS) $(QUIET) process-classes -Dmaven.compiler.failOnWarning=false

test: ## run all tests: Java, the launcher, Python
	@$(FIND_JDK) $(MVN) $(MVN_FLAGS) verify
	@touch $(STAMP)
	@$(MAKE) --no-print-directory python-test

unit: ## run one Java test class or pattern: make unit T=ShardTest
	@$(FIND_JDK) $(MVN) $(MVN_FLAGS) $(QUIET) test -Dtest='$(T)' -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dmaven.compiler.failOnWarning=false

python-test: $(STAMP) ## run the Python unit tests with the bundled CPython
	@if [ -d src/test/python ]; then \
	  PYTHONPATH=src/main/resources/python PYTHONDONTWRITEBYTECODE=1 \
	    $(PYTHON) -W error -m unittest discover -s src/test/python -t src/test/python; \
	else echo "no Python tests"; fi

lint: $(STAMP) ## check format and syntax of Java, Python and shell
	@$(FIND_JDK) $(MVN) $(MVN_FLAGS) $(QUIET) spotless:check
	@sh scripts/build/lint $(PYTHON)

format: ## format the Java sources, trim the others
	@$(FIND_JDK) $(MVN) $(MVN_FLAGS) $(QUIET) spotless:apply

demo: $(STAMP) ## show what pyparallel does
	@scripts/demo

bench: $(STAMP) ## measure against other ways to do the same
	@scripts/bench

completions: $(STAMP) ## regenerate completions/ from the command line's own description
	@mkdir -p completions
	@scripts/pyparallel completion bash > completions/pyparallel.bash
	@scripts/pyparallel completion zsh > completions/_pyparallel
	@scripts/pyparallel completion fish > completions/pyparallel.fish

dist: $(STAMP) ## pack the distribution into target/pyparallel-VERSION-OS-ARCH.tar.gz
	@sh scripts/build/dist $(DIST)

clean: ## remove everything that was built
	@rm -rf target

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | \
	  while IFS='|' read -r name text; do printf '  %-12s %s\n' "$$name" "$$text"; done
