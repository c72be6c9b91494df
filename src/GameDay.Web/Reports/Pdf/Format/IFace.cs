namespace GameDay.Web.Reports.Pdf.Format;

/// <summary>A typeface in a PDF: measures, spells and, at the end, writes itself.</summary>
internal interface IFace
{
    /// <summary>In thousandths of the type size.</summary>
    double Width(string text);

    /// <summary>The text as a PDF string of this face's encoding; nothing in it can end the string.</summary>
    string Spell(string text);

    /// <returns>Number of the font object.</returns>
    int Write(Objects file);
}
