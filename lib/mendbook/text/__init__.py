"""Words made safe and readable: one escaper a sink, names for files, numbers and lists."""
