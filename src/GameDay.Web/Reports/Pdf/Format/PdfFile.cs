using System.Globalization;

namespace GameDay.Web.Reports.Pdf.Format;

/// <summary>Pages of A4 in a file that says what it is, in which language, and since when.</summary>
internal static class PdfFile
{
    public static byte[] Write(IReadOnlyList<Canvas> pages, IReadOnlyDictionary<Face, IFace> faces, string title, DateTimeOffset at)
    {
        var file = new Objects();
        var tree = file.Reserve();
        var contents = pages.Select(p => file.AddStream(p.Content)).ToList();
        var fonts = string.Concat(faces.Select(f => $"/{f.Key} {f.Value.Write(file)} 0 R "));
        var resources = file.Add($"<< /Font << {fonts}>> /ExtGState << /Tint << /Type /ExtGState /ca 0.1 >> >> >>");
        var kids = contents.ConvertAll(c => file.Add($"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {Canvas.Width} {Canvas.Height}] /Resources {resources} 0 R /Contents {c} 0 R >>"));
        file.Set(tree, $"<< /Type /Pages /Count {kids.Count} /Kids [{string.Join(' ', kids.Select(k => $"{k} 0 R"))}] >>");
        var info = file.Add($"<< /Title {Objects.Text(title)} /Creator {Objects.Text("GameDay")} /CreationDate (D:{at.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}Z) >>");
        return file.Finish(file.Add($"<< /Type /Catalog /Pages {tree} 0 R /Lang (en) /ViewerPreferences << /DisplayDocTitle true >> >>"), info);
    }
}
