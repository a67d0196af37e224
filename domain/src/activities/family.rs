//! Families of activities, a grouping of our own.

use crate::kernel::code_list;

code_list! {
    /// A family of activities.
    pub ActivityFamily, "activity-families", "Familles d'activités", open, unordered {
        PackingLogistics = "packing_logistics", "Conditionnement et logistique";
        MetalMechanics = "metal_mechanics", "Métal et mécanique";
        ElectricalElectronics = "electrical_electronics", "Électricité et électronique";
        WoodFurniture = "wood_furniture", "Bois et ameublement";
        TextileLeather = "textile_leather", "Textile et cuir";
        PaperPrint = "paper_print", "Papier et imprimerie";
        DigitalServices = "digital_services", "Numérique et relation client";
        RecyclingRepair = "recycling_repair", "Recyclage et réparation";
        FoodAgriculture = "food_agriculture", "Alimentation et agriculture";
        PlasticsSurface = "plastics_surface", "Plastique et traitement de surface";
        SiteServices = "site_services", "Services aux sites";
        Other = "other", "Autre";
    }
}
