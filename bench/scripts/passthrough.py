def process(record):
    return record
