# Renouveler avec une commande de boutique ou un code, et les boutiques autorisées.

redeem-title = Renouveler avec une commande de boutique ou un code
redeem-lead = Vous avez payé une boutique sur Taobao, JD ou ailleurs? Entrez le numéro de commande et celui de la carte SIM; elle est renouvelée aussitôt. Les codes s’utilisent ici aussi.
redeem-bought = Numéro de commande ou code
redeem-bought-hint = Le numéro de commande n’a que des chiffres; la boutique l’affiche avec vos commandes. Un code a 16 caractères, comme 7KQ4-M2XN-…
redeem-number-hint = La carte SIM à renouveler, par exemple 416 555 0188
redeem-samples = Codes à essayer :
redeem-nothing-yet = Vous vérifiez à la page suivante. Rien n’est renouvelé avant votre confirmation.
redeem-sellers = Voir les boutiques autorisées
redeem-check-title = Vérifiez, puis renouvelez
redeem-shop = Acheté chez
redeem-paid = Vous avez payé la boutique. Rien n’est facturé ici.
redeem-go = Renouveler cette carte SIM
redeem-change = Modifier
redeem-home = Acheté dans une boutique? Renouvelez avec le numéro de commande ou un code

sellers-title = Boutiques autorisées
sellers-lead = Ces boutiques peuvent vendre nos renouvellements. Vous payez la boutique; nous renouvelons la carte SIM et vous remettons le reçu.
sellers-none = Aucune boutique n’est autorisée en ce moment.
sellers-here = Renouveler ici
sellers-others = Toute autre boutique n’a aucun lien avec nous : nous ne recevons pas ses commandes et ne pouvons pas retracer ce que vous lui avez payé.
sellers-redeem = Renouveler avec un numéro de commande ou un code

marketplace-taobao = Taobao ou Tmall
marketplace-jd = JD
marketplace-shopify = Boutique en ligne
marketplace-woocommerce = Boutique en ligne

## Ce qu’une boutique écrit au sujet d’un forfait, produit par `farline listing`.
listing-title = { $operator }, { $plan }, renouvellement
listing-gets = Contenu : { $gets }
listing-starts = Début : { $starts }
listing-cards = Pour les cartes SIM de { $operator } seulement
listing-number = Écrivez le numéro ou l’ICCID de la carte SIM dans le message de votre commande; elle est renouvelée quelques secondes après le paiement. S’il manque ou s’il est erroné, ouvrez { $address } et entrez le numéro de commande et la carte SIM.
listing-code = Si vous avez reçu un code, utilisez-le à l’adresse { $address }.
listing-refunds = Remboursements : ce qui n’est pas livré est remboursé en entier par cette boutique. Si c’est livré et inutilisé, écrivez à cette boutique dans les 24 heures.
listing-proof = Un reçu signé est disponible dès que la carte SIM est renouvelée.
