### The desk: finding, verifying, advising, renewing.

desk-greeting = Hello, { $name }
desk-find = Find a card
desk-find-hint = Number, card number (ICCID), order reference, name or e-mail address
desk-find-button = Find
desk-no-search = Your roles do not include the search. The menu shows what they do include.
