//! Which operations a token opens.

use crate::kernel::code_list;

code_list! {
    /// A right to a group of operations, as in the `scope` of a token.
    pub Scope, "scopes", "Droits des clients", open, unordered {
        EstablishmentsWrite = "establishments:write", "Modifier la fiche d'un établissement et ses éléments";
        EstablishmentsManage = "establishments:manage", "Créer, fermer et rouvrir un établissement";
        PartnersReadRestricted = "partners:read-restricted", "Lire les champs restreints des partenaires du périmètre";
        PartnersWrite = "partners:write", "Créer, modifier et supprimer des partenaires";
        HabilitationsRead = "habilitations:read", "Lire les dossiers d'habilitation";
        HabilitationsFile = "habilitations:file", "Déposer un dossier d'habilitation";
        HabilitationsInstruct = "habilitations:instruct", "Instruire les dossiers d'habilitation";
        HabilitationsOpine = "habilitations:opine", "Donner un avis sur une habilitation";
        OffersReadRestricted = "offers:read-restricted", "Lire les champs restreints des offres";
        OffersWrite = "offers:write", "Créer, modifier et retirer des offres";
        OffersInstruct = "offers:instruct", "Instruire les postes de travail d'intérêt général";
        OffersOpine = "offers:opine", "Donner un avis sur un poste";
        OffersModerate = "offers:moderate", "Modérer les offres d'emploi et de formation";
        HoldsRead = "holds:read", "Lire les réservations de places";
        HoldsWrite = "holds:write", "Réserver des places";
        ChangesRead = "changes:read", "Suivre les changements";
        AuditRead = "audit:read", "Lire le journal des accès";
        ClientsAdmin = "clients:admin", "Gérer les clients et leurs clés";
    }
}
