def process(record):
    return record.upper()
