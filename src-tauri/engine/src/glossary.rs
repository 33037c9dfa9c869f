//! A glossary: what columns are called in German, French, Spanish, Italian and Dutch, and the English name by
//! which they are known.
//!
//! Only what is unmistakable is in it: a word that means something else in English, or one thing in one language
//! and another in the next, is not.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::field::letters;

/// The longest name of a column that may be in it, in bytes: what is longer is no name.
const LONGEST: usize = 60;

/// A header by the English names of its columns; what is in no glossary stays as it is.
pub(crate) fn in_english(header: &[String]) -> Vec<Cow<'_, str>> {
    static ENGLISH: LazyLock<HashMap<String, &str>> = LazyLock::new(|| {
        let all = GLOSSARY.iter().flat_map(|(name, words)| {
            let words = words.split('|');
            words.map(|word| (letters(word).collect::<String>(), *name))
        });
        all.collect()
    });
    let english = |column: &String| -> Option<&'static str> {
        let short = column.len() <= LONGEST;
        short.then(|| ENGLISH.get(&letters(column).collect::<String>()).copied())?
    };
    let names = header.iter();
    let names = names.map(|column| Cow::Borrowed(english(column).unwrap_or(column.as_str())));
    names.collect()
}

/// The English name of a column, and what it is called elsewhere, as `a|b`.
const GLOSSARY: &[(&str, &str)] = &[
    (
        "title",
        "Titel|Filmtitel|Buchtitel|Titre|Título|Titulo|Titolo|Originaltitel",
    ),
    (
        "name",
        "Bezeichnung|Artikelbezeichnung|Artikelname|Produktname|Produktbezeichnung|Nom|\
         Désignation|Nom du produit|Nombre|Nombre del producto|Nome|Nome prodotto|Naam",
    ),
    (
        "product",
        "Produkt|Artikel|Produit|Producto|Artículo|Prodotto|Articolo",
    ),
    (
        "sku",
        "Artikelnummer|Artikelnr|Artikelnr.|Artikel-Nr.|Art.-Nr.|ArtNr|Produktnummer|Référence|\
         Référence article|Référence produit|Code article|Referencia|Referencia del producto|\
         Código de artículo|Codice articolo|Codice prodotto|Artikelcode",
    ),
    (
        "price",
        "Preis|Verkaufspreis|VK-Preis|Bruttopreis|Preis brutto|Prix|Prix TTC|Prix de vente|\
         Precio|Precio de venta|PVP|Prezzo|Prezzo di vendita|Prijs|Preço",
    ),
    (
        "stock",
        "Bestand|Lagerbestand|Lagermenge|Quantité en stock|Existencias|Inventario|Giacenza|\
         Giacenze|Quantità in stock|Voorraad|Estoque",
    ),
    (
        "category",
        "Kategorie|Kategorien|Warengruppe|Catégorie|Catégories|Categorie|Categoría|Categorías|\
         Categoria|Categorías de producto",
    ),
    ("brand", "Marke|Marque|Marca|Merk"),
    ("manufacturer", "Hersteller|Fabricant|Fabricante|Produttore"),
    (
        "ean",
        "EAN-Code|Strichcode|Code-barres|Código de barras|Codice a barre",
    ),
    (
        "quantity",
        "Menge|Anzahl|Stückzahl|Quantité|Cantidad|Quantità|Aantal",
    ),
    (
        "order number",
        "Bestellnummer|Bestellnr|Bestellnr.|Auftragsnummer|Auftragsnr.|Numéro de commande|\
         N° commande|N° de commande|Número de pedido|Nº pedido|Nº de pedido|Numero ordine|\
         N. ordine|Bestelnummer",
    ),
    (
        "invoice number",
        "Rechnungsnummer|Rechnungsnr.|Numéro de facture|N° facture|Número de factura|\
         Nº factura|Numero fattura",
    ),
    (
        "receipt number",
        "Belegnummer|Belegnr.|Bonnummer|Bon-Nr.|Numéro de ticket|Número de ticket|\
         Numero scontrino",
    ),
    (
        "order_date",
        "Bestelldatum|Auftragsdatum|Date de commande|Date commande|Fecha de pedido|\
         Fecha del pedido|Data ordine",
    ),
    (
        "order_status",
        "Bestellstatus|Auftragsstatus|Statut de la commande|Statut commande|Estado del pedido|\
         Stato ordine",
    ),
    ("customer", "Kunde|Kundin|Kundenname|Client|Cliente|Klant"),
    (
        "customer_id",
        "Kundennummer|Kundennr.|Kunden-ID|Numéro client|N° client|Número de cliente|\
         Numero cliente|Codice cliente",
    ),
    ("date", "Datum|Fecha"),
    ("status", "Statut|Estado|Stato|Lesestatus"),
    (
        "description",
        "Beschreibung|Artikelbeschreibung|Descripción|Descripcion|Descrizione|Résumé|Handlung",
    ),
    (
        "author",
        "Autor|Autorin|Autor/in|Autoren|Verfasser|Verfasserin|Auteur|Autrice|Auteurs|Autora|\
         Autores|Autore|Autori",
    ),
    (
        "director",
        "Regie|Regisseur|Regisseurin|Réalisateur|Réalisatrice|Réalisation|Dirección|Regia|\
         Regista",
    ),
    (
        "artist",
        "Künstler|Künstlerin|Interpret|Interpretin|Artiste|Interprète|Intérprete",
    ),
    (
        "actors",
        "Darsteller|Schauspieler|Besetzung|Acteurs|Actores|Reparto|Attori",
    ),
    (
        "year",
        "Jahr|Erscheinungsjahr|Année|Annee|Année de publication|Année de sortie|Año|\
         Año de publicación|Anno|Jaar",
    ),
    ("language", "Sprache|Langue|Idioma|Lingua|Taal"),
    ("country", "Land|Produktionsland|Pays|País|Paese"),
    ("genre", "Género|Genere|Genres littéraires"),
    (
        "tags",
        "Schlagwörter|Schlagworte|Stichwörter|Stichworte|Mots-clés|Étiquettes|Etiquetas|\
         Parole chiave",
    ),
    ("series", "Reihe|Buchreihe"),
    ("kind", "Medientyp|Medienart"),
    (
        "my rating",
        "Meine Bewertung|Eigene Bewertung|Ma note|Mon évaluation|Mi puntuación|Mi calificación|\
         Mi valoración|Il mio voto",
    ),
    (
        "rating",
        "Bewertung|Puntuación|Calificación|Valoración|Voto|Valutazione",
    ),
    ("review", "Rezension|Reseña|Recensione"),
    (
        "comment",
        "Kommentar|Notizen|Commentaire|Comentario|Commento",
    ),
    (
        "date read",
        "Gelesen am|Lesedatum|Lu le|Date de lecture|Leído el|Fecha de lectura|Data di lettura",
    ),
    (
        "date watched",
        "Gesehen am|Vu le|Date de visionnage|Visto el",
    ),
    ("popularity", "Verkäufe|Ventes|Ventas|Vendite"),
];
