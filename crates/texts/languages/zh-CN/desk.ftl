### The desk: finding, verifying, advising, renewing.
