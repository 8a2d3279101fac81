### Staff: signing in, people and roles, the audit.

staff-sign-in-title = Ouvrir une session au comptoir
staff-sign-in-lead = Avec une clé d’accès, ou avec votre mot de passe et le code que votre application d’authentification affiche en ce moment.
staff-sign-in-help = Pas d’accès, ou un nouveau téléphone? La personne qui s’occupe de l’équipe vous envoie un nouveau lien.
staff-who = Nom ou adresse courriel
staff-code = Code de votre application
staff-code-hint = Six chiffres. Un code sert une seule fois.
staff-as-agent = Entrer comme agent
staff-as-owner = Entrer comme propriétaire

staff-join-title = Bienvenue dans l’équipe
staff-join-lead = Votre nom de connexion est { $name }. Choisissez ce qui ouvrira votre session.
staff-join-until = Ce lien sert une seule fois, jusqu’à { $time }.
staff-join-button = Rejoindre l’équipe
staff-name = Votre nom
staff-name-hint = Tel que vos collègues le voient. Les appelants ne le voient jamais.
staff-app-title = Votre application d’authentification
staff-app-text = Ajoutez le comptoir à une application d’authentification sur votre téléphone. Elle affichera ensuite le code demandé avec votre mot de passe.
staff-app-picture = Pointez l’appareil photo de l’application ici.
staff-app-secret = Ou tapez ceci dans l’application :

passkey-sign-in = Utiliser une clé d’accès
passkey-add = Ajouter une clé d’accès
passkey-stopped = Rien n’a changé : la clé d’accès n’a pas été présentée, ou pas à temps. Réessayez.
passkey-elsewhere = Les clés d’accès appartiennent à l’adresse { $site }.
passkey-elsewhere-way = Ouvrir cette page là-bas
passkey-unable = Ce navigateur ne prend pas en charge les clés d’accès. Le mot de passe et le code fonctionnent dans tous les navigateurs.
passkey-script = Une clé d’accès demande JavaScript. Le mot de passe et le code n’en ont pas besoin.
passkey-added = ajoutée le { $day }
passkey-used = dernier emploi le { $day }
passkey-unused = pas encore employée

me-title = Ma connexion
me-lead = Votre nom de connexion est { $name }.
me-passkeys = Clés d’accès
me-passkeys-text = Une clé d’accès se trouve sur votre appareil ou dans votre gestionnaire de mots de passe, et s’ouvre avec votre doigt, votre visage ou un NIP. Elle ne sert que sur ce site : personne ne peut vous la soutirer. Le mot de passe et le code continuent de fonctionner.
me-passkeys-none = Vous n’en avez pas encore.
me-passkeys-never = Ce site ne peut pas avoir de clés d’accès : il leur faut son nom et une adresse sécurisée (https) dans base_url.
me-again = Ce qui ouvre votre session ne se modifie que dans les dix minutes qui suivent son ouverture.
me-again-button = Ouvrir la session de nouveau

staff-role-agent = Agent
staff-role-senior-agent = Agent principal
staff-role-supervisor = Superviseur
staff-role-finance = Finances
staff-role-catalogue = Catalogue
staff-role-auditor = Vérificateur

desk-menu-desk = Comptoir
desk-menu-rescues = Commandes en attente
desk-menu-today = Aujourd’hui
desk-menu-supervise = Supervision
desk-menu-plans = Forfaits
desk-menu-partners = Partenaires
desk-menu-team = Équipe
desk-menu-audit = Registre
desk-back = Retour au comptoir
desk-forbidden-title = Vos rôles ne le permettent pas
desk-forbidden-lead = Rien n’a été montré ni modifié. Ces rôles le peuvent :

team-invite = Inviter quelqu’un
team-invite-button = Créer un lien
team-sign-in = Nom de connexion
team-sign-in-hint = Son adresse courriel, ou un nom simple.
team-roles = Rôles
team-link-title = Transmettez ce lien. Il ne sera plus montré.
team-link-text = Il s’ouvre une seule fois, jusqu’à { $time }. La personne qui l’ouvre choisit un mot de passe et rejoint l’équipe.
team-invited = Invitation envoyée; le lien s’ouvre jusqu’à { $time }.
team-alone = sans l’accord d’une autre personne
team-ended = Ne travaille plus ici
team-change = Modifier
team-end = Mettre fin au travail ici
team-end-text = Ferme sa session aussitôt. Ce que cette personne a fait reste au registre.

audit-holds = Chaque chaîne du registre est intacte : aucune ligne n’a été modifiée, omise ni retranchée.
audit-broken = Le registre a été modifié. La chaîne de ces personnes est rompue :
audit-member = Qui
audit-everybody = Tout le monde
audit-line = Carte (numéro ou ICCID)
audit-day = Jour
audit-none = Rien n’a été consigné.
audit-cut = Il y a d’autres lignes ce jour-là. Précisez la recherche, ou utilisez la commande farline audit.
