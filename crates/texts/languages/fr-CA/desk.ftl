### The desk: finding, verifying, advising, renewing.

desk-greeting = Bonjour, { $name }
desk-find = Trouver une carte
desk-find-hint = Numéro, numéro de carte (ICCID), référence de commande, nom ou adresse courriel
desk-find-button = Trouver
desk-no-search = Vos rôles ne comprennent pas la recherche. Le menu montre ce qu’ils comprennent.
