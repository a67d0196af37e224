//! The one registry of problems: what each is called, when it happens and what to do.

use crate::kernel::text::Text;

/// What is said of a problem, whatever the occurrence.
#[derive(Debug, Clone)]
pub struct Spec {
    /// The last segment of `type`.
    pub slug: &'static str,
    /// The status it is answered with.
    pub status: u16,
    /// Its title, the same at every occurrence.
    pub title: Text,
    /// When it happens.
    pub when: Text,
    /// What the caller should do.
    pub remedy: Text,
}

macro_rules! problems {
    ($($kind:ident = $status:literal $slug:literal {
        title: $title_en:literal, $title_fr:literal;
        when: $when_en:literal, $when_fr:literal;
        remedy: $remedy_en:literal, $remedy_fr:literal;
    })+) => {
        /// A problem that this API can answer.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Kind {
            $(#[doc = $when_en] $kind,)+
        }

        impl Kind {
            /// Every problem, in the order of their status.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)+];

            /// What is said of it.
            #[must_use]
            pub fn spec(self) -> &'static Spec {
                match self {
                    $(Self::$kind => {
                        static SPEC: Spec = Spec {
                            slug: $slug,
                            status: $status,
                            title: Text::new($title_en, $title_fr),
                            when: Text::new($when_en, $when_fr),
                            remedy: Text::new($remedy_en, $remedy_fr),
                        };
                        &SPEC
                    })+
                }
            }
        }
    };
}

problems! {
    MalformedRequest = 400 "malformed-request" {
        title: "The request is not well formed", "La requête est mal formée";
        when: "The path or the query string cannot be decoded as percent-encoded UTF-8.",
              "Le chemin ou la chaîne de requête ne se décode pas (UTF-8 encodé par pourcents).";
        remedy: "Percent-encode every reserved or non-ASCII character of the address as UTF-8.",
                "Encodez en UTF-8, par pourcents, chaque caractère réservé ou non ASCII de l'adresse.";
    }
    MalformedJson = 400 "malformed-json" {
        title: "The body is not valid JSON", "Le corps n'est pas du JSON valide";
        when: "The body is empty, is not JSON in UTF-8, names a member twice or is nested too deep.",
              "Le corps est vide, n'est pas du JSON en UTF-8, nomme deux fois un membre ou est trop imbriqué.";
        remedy: "Read the detail, correct the body and send it again.",
                "Lisez le détail, corrigez le corps et renvoyez-le.";
    }
    InvalidParameter = 400 "invalid-parameter" {
        title: "A parameter has a value that cannot be used", "Un paramètre a une valeur inutilisable";
        when: "A query parameter or a path segment is of the wrong type, out of bounds, not a known code, given twice, or in contradiction with another.",
              "Un paramètre ou un segment du chemin est d'un mauvais type, hors bornes, d'un code inconnu, donné deux fois ou en contradiction avec un autre.";
        remedy: "Read `errors`: each entry names the parameter and says what is accepted. Send the request again once corrected.",
                "Lisez `errors` : chaque entrée nomme le paramètre et dit ce qui est accepté. Renvoyez la requête une fois corrigée.";
    }
    UnknownParameter = 400 "unknown-parameter" {
        title: "A parameter is unknown here", "Un paramètre est inconnu ici";
        when: "The query string holds a name that this operation does not accept. Nothing is ignored in silence.",
              "La chaîne de requête contient un nom que cette opération n'accepte pas. Rien n'est ignoré en silence.";
        remedy: "Remove the parameter, or correct its spelling: `errors` lists the names accepted.",
                "Retirez le paramètre ou corrigez son orthographe : `errors` liste les noms acceptés.";
    }
    CursorMismatch = 400 "cursor-mismatch" {
        title: "The cursor does not belong to this question", "Le curseur n'appartient pas à cette question";
        when: "A cursor is used with other filters or another sort than those it was given for, or it was altered.",
              "Un curseur est employé avec d'autres filtres ou un autre tri que ceux pour lesquels il a été donné, ou il a été altéré.";
        remedy: "Follow `next` as it was given, or start again from the first page without `cursor`.",
                "Suivez `next` tel quel, ou repartez de la première page sans `cursor`.";
    }
    NoCentre = 400 "no-centre" {
        title: "This commune has no known centre", "Le centre de cette commune n'est pas connu";
        when: "`near_commune` names a commune whose position no open source gives.",
              "`near_commune` désigne une commune dont aucune source ouverte ne donne la position.";
        remedy: "Use `lat`, `lon` and `radius_km`, or a neighbouring commune.",
                "Employez `lat`, `lon` et `radius_km`, ou une commune voisine.";
    }
    IdempotencyNotSupported = 400 "idempotency-not-supported" {
        title: "Idempotency-Key is not accepted here", "Idempotency-Key n'est pas accepté ici";
        when: "The request names a key where no answer is kept: a token is asked for again, and is another one.",
              "La requête nomme une clé là où aucune réponse n'est conservée : un jeton redemandé en est un autre.";
        remedy: "Send the request without `Idempotency-Key`: it may be sent again without harm.",
                "Envoyez la requête sans `Idempotency-Key` : la renvoyer est sans conséquence.";
    }
    Unauthorized = 401 "unauthorized" {
        title: "A valid access token is required", "Un jeton d'accès valide est nécessaire";
        when: "The token is absent, expired, revoked or not of this service, or its client is suspended.",
              "Le jeton est absent, expiré, révoqué ou étranger à ce service, ou son client est suspendu.";
        remedy: "Ask `/oauth/token` for a token and send it as `Authorization: Bearer …`.",
                "Demandez un jeton à `/oauth/token` et envoyez-le dans `Authorization: Bearer …`.";
    }
    InsufficientScope = 403 "insufficient-scope" {
        title: "The token lacks a scope", "Il manque une portée au jeton";
        when: "The token is valid but has not the scope that this operation needs; `scope` names it.",
              "Le jeton est valide mais n'a pas la portée que demande cette opération ; `scope` la nomme.";
        remedy: "Ask for a token with this scope, or ask an administrator to grant it to your client.",
                "Demandez un jeton avec cette portée, ou demandez à un administrateur de la donner à votre client.";
    }
    OutOfPerimeter = 403 "out-of-perimeter" {
        title: "This object is outside the client's perimeter", "Cet objet est hors du périmètre du client";
        when: "Your client may read this object but not write it: it belongs to another organisation or territory.",
              "Votre client peut lire cet objet mais pas l'écrire : il relève d'une autre organisation ou d'un autre territoire.";
        remedy: "`/v1/clients/me` says what your perimeter is.",
                "`/v1/clients/me` dit quel est votre périmètre.";
    }
    NotFound = 404 "not-found" {
        title: "Nothing here", "Rien ici";
        when: "No operation has this address, or no object that you may see has this identifier.",
              "Aucune opération n'a cette adresse, ou aucun objet que vous pouvez voir n'a cet identifiant.";
        remedy: "Check the address against `/openapi.json`; it takes no trailing slash.",
                "Vérifiez l'adresse dans `/openapi.json` ; elle n'a pas de barre oblique finale.";
    }
    MethodNotAllowed = 405 "method-not-allowed" {
        title: "This method is not allowed here", "Cette méthode n'est pas permise ici";
        when: "The address exists, but not with this method.",
              "L'adresse existe, mais pas avec cette méthode.";
        remedy: "Use one of the methods that `Allow` lists.",
                "Employez une des méthodes que donne `Allow`.";
    }
    NotAcceptable = 406 "not-acceptable" {
        title: "No acceptable form", "Aucune forme acceptable";
        when: "`Accept` names no media type that this operation can answer with.",
              "`Accept` ne nomme aucun type de contenu que cette opération puisse rendre.";
        remedy: "Accept one of the media types that the detail lists, or use `format`.",
                "Acceptez un des types que liste le détail, ou employez `format`.";
    }
    RequestTimeout = 408 "request-timeout" {
        title: "The request took too long to arrive", "La requête a mis trop de temps à arriver";
        when: "The headers or the body of the request did not arrive in time.",
              "Les en-têtes ou le corps de la requête ne sont pas arrivés à temps.";
        remedy: "Send it again on a connection that does not stall.",
                "Renvoyez-la sur une connexion qui ne s'interrompt pas.";
    }
    TransitionNotAllowed = 409 "transition-not-allowed" {
        title: "This move is not allowed in this state", "Ce passage n'est pas permis dans cet état";
        when: "The object is not in a state from which this move starts; `state` gives its own and `allowed` the moves it allows.",
              "L'objet n'est pas dans un état d'où part ce passage ; `state` donne le sien et `allowed` les passages permis.";
        remedy: "Read the object again, then make one of the moves allowed.",
                "Relisez l'objet, puis faites l'un des passages permis.";
    }
    SiretTaken = 409 "siret-taken" {
        title: "This SIRET is already registered", "Ce SIRET est déjà enregistré";
        when: "Another partner has this SIRET; `partner` gives its `id` and its `url`.",
              "Un autre partenaire a ce SIRET ; `partner` en donne l'`id` et l'`url`.";
        remedy: "Read that partner: it may be the one you mean. Otherwise correct the number.",
                "Lisez ce partenaire : c'est peut-être celui que vous visez. Sinon, corrigez le numéro.";
    }
    NoPlaceLeft = 409 "no-place-left" {
        title: "Not enough places are left", "Il ne reste pas assez de places";
        when: "A hold asks for more places of a post than are free; `places_left` says how many are.",
              "Une réservation demande plus de places d'un poste qu'il n'en reste ; `places_left` dit combien sont libres.";
        remedy: "Ask for fewer places, or find another post.",
                "Demandez moins de places, ou cherchez un autre poste.";
    }
    PlacesHeld = 409 "places-held" {
        title: "More places are held than the post would have", "Plus de places sont réservées que le poste n'en aurait";
        when: "A write of a post, or a decision that takes a change of it into account, would leave it fewer places than holds take; `places_held` says how many they take.",
              "Une écriture d'un poste, ou une décision qui prend en compte sa modification, lui laisserait moins de places que n'en prennent les réservations ; `places_held` dit combien elles en prennent.";
        remedy: "Leave as many places as are held, or come back when holds have been released, are over or have expired.",
                "Laissez autant de places qu'il y en a de réservées, ou revenez quand des réservations auront été libérées, seront terminées ou auront expiré.";
    }
    OfferNotAvailable = 409 "offer-not-available" {
        title: "This offer cannot be held now", "Cette offre ne peut être réservée en l'état";
        when: "The offer is no post of community service, is not shown today, or will not be on the day on which the work is to start; `publication` is the address that says why.",
              "L'offre n'est pas un poste de travail d'intérêt général, n'est pas visible aujourd'hui, ou ne le sera plus le jour où le travail doit commencer ; `publication` est l'adresse qui dit pourquoi.";
        remedy: "Choose another day, or find another post.",
                "Choisissez un autre jour, ou cherchez un autre poste.";
    }
    InUse = 409 "in-use" {
        title: "Something still depends on it", "Quelque chose en dépend encore";
        when: "The object to delete is named by another one: a zone by a dock, a storage area or an activity in place; a partner by a client that acts for it, a dossier of habilitation, an offer or a synchronisation.",
              "L'objet à supprimer est nommé par un autre : une zone par un quai, une surface de stockage ou une activité en place ; un partenaire par un client qui agit pour lui, un dossier d'habilitation, une offre ou une synchronisation.";
        remedy: "Change or delete what names it first.",
                "Modifiez ou supprimez d'abord ce qui le nomme.";
    }
    HabilitationOpen = 409 "habilitation-open" {
        title: "A dossier is already open", "Un dossier est déjà ouvert";
        when: "The host has another open dossier before the same authority, for the same département or for the whole territory; `habilitation` gives its `id` and its `url`.",
              "La structure a un autre dossier ouvert devant la même autorité, pour le même département ou pour tout le territoire ; `habilitation` en donne l'`id` et l'`url`.";
        remedy: "Go on with that dossier: complete it, or ask for its renewal.",
                "Poursuivez ce dossier : complétez-le, ou demandez son renouvellement.";
    }
    NotDecidable = 409 "not-decidable" {
        title: "It is too early to decide", "Il est trop tôt pour décider";
        when: "Opinions are missing and their delay has not run, or the host's observations were not recorded. `decidable_on` is the day from which a decision may be dated, when it is known; `opinions_to_request` and `observations_missing` say what must be done before.",
              "Des avis manquent et leur délai n'est pas écoulé, ou les observations de la structure n'ont pas été recueillies. `decidable_on` est le jour à partir duquel une décision peut être datée, quand il est connu ; `opinions_to_request` et `observations_missing` disent ce qui doit être fait avant.";
        remedy: "Do what is missing, or come back on `decidable_on`.",
                "Faites ce qui manque, ou revenez à partir de `decidable_on`.";
    }
    ReferenceTaken = 409 "reference-taken" {
        title: "This reference is already used", "Cette référence est déjà utilisée";
        when: "The partner has another offer under this reference; `offer` gives its `id` and its `url`.",
              "Le partenaire a une autre offre sous cette référence ; `offer` en donne l'`id` et l'`url`.";
        remedy: "Write that offer by its reference, or choose another reference.",
                "Écrivez cette offre par sa référence, ou choisissez une autre référence.";
    }
    HabilitationRequired = 409 "habilitation-required" {
        title: "The host has no habilitation in force", "La structure n'a pas d'habilitation en vigueur";
        when: "A post of a private host is to be registered in a département, or as of a day, that no habilitation of the host covers; `reason` says what is wrong, by a code of `/v1/code-lists/publication-reasons`.",
              "Un poste d'une structure privée doit être inscrit dans un département, ou à une date, qu'aucune habilitation de la structure ne couvre ; `reason` dit ce qui manque, par un code de `/v1/code-lists/publication-reasons`.";
        remedy: "Grant or renew the habilitation first.",
                "Accordez ou renouvelez d'abord l'habilitation.";
    }
    SyncOpen = 409 "sync-open" {
        title: "A synchronisation is already open", "Une synchronisation est déjà ouverte";
        when: "The partner has another synchronisation open; `sync` gives its `id` and its `url`.",
              "Le partenaire a une autre synchronisation ouverte ; `sync` en donne l'`id` et l'`url`.";
        remedy: "Go on with that one, complete it, or abandon it.",
                "Poursuivez-la, terminez-la ou abandonnez-la.";
    }
    SyncClosed = 409 "sync-closed" {
        title: "This synchronisation is over", "Cette synchronisation est finie";
        when: "A batch, a completion or an abandonment comes after the synchronisation was completed, abandoned or left idle for a day; `state` says which.",
              "Un lot, une fin ou un abandon arrive alors que la synchronisation a été terminée, abandonnée ou laissée sans suite pendant un jour ; `state` dit laquelle de ces fins elle a eue.";
        remedy: "Open another one.", "Ouvrez-en une autre.";
    }
    SyncGuard = 409 "sync-guard" {
        title: "Too many offers would be withdrawn", "Trop d'offres seraient retirées";
        when: "Completion would withdraw a larger share of the partner's offers than `max_withdrawn_percent`: `would_withdraw` of them, `percent` of all. Nothing is withdrawn, and the synchronisation stays open.",
              "La fin de la synchronisation retirerait une part des offres du partenaire plus grande que `max_withdrawn_percent` : `would_withdraw` offres, soit `percent` pour cent. Rien n'est retiré, et la synchronisation reste ouverte.";
        remedy: "Send what was not sent; or, if it is meant, complete with a larger `max_withdrawn_percent`.",
                "Envoyez ce qui manque ; ou, si c'est voulu, terminez avec un `max_withdrawn_percent` plus grand.";
    }
    IdempotencyInProgress = 409 "idempotency-in-progress" {
        title: "The first request with this key is still running", "La première requête de cette clé est encore en cours";
        when: "A request with the same `Idempotency-Key`, from the same client to the same address, has not ended yet.",
              "Une requête de même `Idempotency-Key`, du même client à la même adresse, n'est pas terminée.";
        remedy: "Send the same request again after `Retry-After` seconds: it will be given the answer of the first.",
                "Renvoyez la même requête après `Retry-After` secondes : elle recevra la réponse de la première.";
    }
    SecretLimit = 409 "secret-limit" {
        title: "Two secrets are already live", "Deux secrets sont déjà en vigueur";
        when: "A client has two live secrets at most: the old one and the new one.",
              "Un client a deux secrets en vigueur au plus : l'ancien et le nouveau.";
        remedy: "Revoke one of the client's secrets first.",
                "Révoquez d'abord l'un des secrets du client.";
    }
    LastAdministrator = 409 "last-administrator" {
        title: "The last administrator cannot be removed", "Le dernier administrateur ne peut être retiré";
        when: "After this suspension or change of role, nobody could manage clients any more.",
              "Après cette suspension ou ce changement de rôle, plus personne ne pourrait gérer les clients.";
        remedy: "Make another administrator first.",
                "Créez d'abord un autre administrateur.";
    }
    Gone = 410 "gone" {
        title: "This object was withdrawn", "Cet objet a été retiré";
        when: "The object was public and no longer is.",
              "L'objet a été public et ne l'est plus.";
        remedy: "Forget this address; what is known of the object is in the answer.",
                "Oubliez cette adresse ; la réponse dit ce que l'on sait de l'objet.";
    }
    CursorExpired = 410 "cursor-expired" {
        title: "These changes are no longer kept", "Ces changements ne sont plus conservés";
        when: "`after` is older than the oldest change that is kept, whose number `oldest` gives, or is no number of this log: the database was restored from a backup.",
              "`after` est plus ancien que le plus ancien changement conservé, dont `oldest` donne le numéro, ou n'est pas un numéro de ce journal : la base a été restaurée depuis une sauvegarde.";
        remedy: "Start again from the exports that `exports` names, then follow from their least `Catalogue-Revision`.",
                "Repartez des exports que nomme `exports`, puis suivez à partir de leur plus petite `Catalogue-Revision`.";
    }
    PreconditionFailed = 412 "precondition-failed" {
        title: "The object has changed since it was read", "L'objet a changé depuis sa lecture";
        when: "No tag of `If-Match` is of the current version; `version` gives it.",
              "Aucune étiquette de `If-Match` n'est de la version courante ; `version` la donne.";
        remedy: "Read the object again, apply your change to it, and send it with its new tag.",
                "Relisez l'objet, appliquez-lui votre modification et envoyez-la avec sa nouvelle étiquette.";
    }
    PayloadTooLarge = 413 "payload-too-large" {
        title: "The body is too large", "Le corps est trop volumineux";
        when: "The body of the request is larger than `max_bytes`.",
              "Le corps de la requête dépasse `max_bytes`.";
        remedy: "Send less at a time.",
                "Envoyez moins à la fois.";
    }
    UriTooLong = 414 "uri-too-long" {
        title: "The address is too long", "L'adresse est trop longue";
        when: "The path and the query string together exceed 8 KiB.",
              "Le chemin et la chaîne de requête dépassent ensemble 8 Kio.";
        remedy: "Ask with fewer values, or in several requests.",
                "Demandez moins de valeurs, ou en plusieurs requêtes.";
    }
    UnsupportedMediaType = 415 "unsupported-media-type" {
        title: "This media type is not accepted here", "Ce type de contenu n'est pas accepté ici";
        when: "`Content-Type` is absent or is not one that this operation reads, or the body has a content coding.",
              "`Content-Type` est absent ou n'est pas lu par cette opération, ou le corps a un codage de contenu.";
        remedy: "Send one of the media types that the detail lists, without `Content-Encoding`.",
                "Envoyez un des types que liste le détail, sans `Content-Encoding`.";
    }
    Validation = 422 "validation" {
        title: "The body breaks one or more rules", "Le corps enfreint une ou plusieurs règles";
        when: "The body is JSON, but fields are missing, unknown, read-only, of the wrong type or against a rule.",
              "Le corps est du JSON, mais des champs manquent, sont inconnus, en lecture seule, d'un mauvais type ou contraires à une règle.";
        remedy: "Read `errors`: each entry points at a field and says what is accepted. This body can never succeed as it is.",
                "Lisez `errors` : chaque entrée pointe un champ et dit ce qui est accepté. Ce corps ne pourra jamais réussir tel quel.";
    }
    DocumentsMissing = 422 "documents-missing" {
        title: "Required documents are missing", "Des pièces obligatoires manquent";
        when: "The dossier lacks documents that such a host files with such an authority; `missing` gives each requirement, any document of which will do, with its article. `errors` points at documents that are there and do not do.",
              "Il manque au dossier des pièces qu'une telle structure dépose auprès d'une telle autorité ; `missing` donne chaque exigence, qu'une des pièces citées satisfait, avec son article. `errors` pointe les pièces présentes qui ne conviennent pas.";
        remedy: "Add the documents to the dossier, then file it.",
                "Ajoutez les pièces au dossier, puis déposez-le.";
    }
    HabilitationNotNeeded = 422 "habilitation-not-needed" {
        title: "A public body needs no habilitation", "Une personne publique n'a pas besoin d'habilitation";
        when: "The host is a public body, by its host kind or by its legal category: it hosts without a habilitation.",
              "La structure est une personne morale de droit public, par son type ou sa catégorie juridique : elle accueille sans habilitation.";
        remedy: "Offer its posts without a dossier; if it is a private organisation, correct its partner record.",
                "Proposez ses postes sans dossier ; si c'est un organisme privé, corrigez sa fiche de partenaire.";
    }
    WrongAuthority = 422 "wrong-authority" {
        title: "This authority cannot decide this", "Cette autorité ne peut en décider";
        when: "The authority habilitates no such host there on that day, or the dossier is instructed by another authority, or the opinion is another's to give.",
              "L'autorité n'habilite pas une telle structure à cet endroit ce jour-là, ou le dossier relève d'une autre autorité, ou l'avis appartient à un autre.";
        remedy: "Read the detail. The probation service decides for adults in a département, the directorate of juvenile justice for minors, the minister for national bodies.",
                "Lisez le détail. Le SPIP décide pour les majeurs dans un département, la direction territoriale de la PJJ pour les mineurs, le ministre pour les organismes nationaux.";
    }
    IdempotencyKeyReused = 422 "idempotency-key-reused" {
        title: "This key was used for another request", "Cette clé a servi pour une autre requête";
        when: "`Idempotency-Key` is that of a request to the same address whose body was another one.",
              "`Idempotency-Key` est celle d'une requête à la même adresse dont le corps était autre.";
        remedy: "Take a new key for a new request, and the same one only to send the very same bytes again.",
                "Prenez une nouvelle clé pour une nouvelle requête, et la même seulement pour renvoyer les mêmes octets.";
    }
    RoleScopeMismatch = 422 "role-scope-mismatch" {
        title: "This role cannot have this scope or perimeter", "Ce rôle ne peut avoir cette portée ou ce périmètre";
        when: "A client is given a scope, a perimeter, an organisation or a function that its role does not allow; `errors` points at each.",
              "Un client reçoit une portée, un périmètre, une organisation ou une fonction que son rôle ne permet pas ; `errors` pointe chacun.";
        remedy: "Give it what its role allows: `/v1/code-lists/client-roles` says what that is.",
                "Donnez-lui ce que son rôle permet : `/v1/code-lists/client-roles` dit quoi.";
    }
    PreconditionRequired = 428 "precondition-required" {
        title: "If-Match is required", "If-Match est nécessaire";
        when: "The object is shared, and the request does not say which version it changes.",
              "L'objet est partagé, et la requête ne dit pas quelle version elle modifie.";
        remedy: "Read the object and send its `ETag` in `If-Match`.",
                "Lisez l'objet et envoyez son `ETag` dans `If-Match`.";
    }
    RateLimited = 429 "rate-limited" {
        title: "Too many requests", "Trop de requêtes";
        when: "One of the limits that `/v1/limits` publishes is used up; `violated-policies` names it.",
              "Une des limites que publie `/v1/limits` est épuisée ; `violated-policies` la nomme.";
        remedy: "Wait for `Retry-After` seconds. Pace yourself with `RateLimit`, and send `If-None-Match`: a 304 costs nothing.",
                "Attendez `Retry-After` secondes. Réglez votre rythme sur `RateLimit` et envoyez `If-None-Match` : un 304 ne coûte rien.";
    }
    Internal = 500 "internal" {
        title: "Something went wrong here", "Une erreur s'est produite ici";
        when: "The service met an error of its own.",
              "Le service a rencontré une erreur qui lui est propre.";
        remedy: "Try again later; if it lasts, report the `instance` of the answer.",
                "Réessayez plus tard ; si cela dure, signalez l'`instance` de la réponse.";
    }
    NotReady = 503 "not-ready" {
        title: "The service is starting", "Le service démarre";
        when: "The index is not built yet.",
              "L'index n'est pas encore construit.";
        remedy: "Try again after `Retry-After` seconds.",
                "Réessayez après `Retry-After` secondes.";
    }
    DatabaseUnavailable = 503 "database-unavailable" {
        title: "Writing is unavailable for the moment", "L'écriture est momentanément indisponible";
        when: "The database does not answer; what is read from memory goes on.",
              "La base de données ne répond pas ; ce qui est lu en mémoire continue.";
        remedy: "Try again after `Retry-After` seconds.",
                "Réessayez après `Retry-After` secondes.";
    }
    RevisionNotReached = 503 "revision-not-reached" {
        title: "This node has not seen that revision yet", "Ce nœud n'a pas encore vu cette révision";
        when: "`min_revision` was not reached within two seconds; `revision` says where this node is.",
              "`min_revision` n'a pas été atteinte en deux secondes ; `revision` dit où en est ce nœud.";
        remedy: "Try again after `Retry-After` seconds.",
                "Réessayez après `Retry-After` secondes.";
    }
    Overloaded = 503 "overloaded" {
        title: "Reduced capacity for the moment", "Capacité momentanément réduite";
        when: "The request could not be served in the time allowed.",
              "La requête n'a pu être servie dans le temps imparti.";
        remedy: "Try again after `Retry-After` seconds, less often.",
                "Réessayez après `Retry-After` secondes, moins souvent.";
    }
}
