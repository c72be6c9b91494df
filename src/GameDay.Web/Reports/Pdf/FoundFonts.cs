using GameDay.Web.Reports.Pdf.Format;

namespace GameDay.Web.Reports.Pdf;

/// <summary>Fonts of this machine: the first family of the list whose files are there, else the faces that PDF readers bring along.</summary>
internal static class FoundFonts
{
    private static readonly (string Regular, string Bold, string Mono)[] Families =
    [
        ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", "LiberationMono-Regular.ttf"), ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSansMono.ttf"),
        ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSansMono-Regular.ttf"), ("FreeSans.ttf", "FreeSansBold.ttf", "FreeMono.ttf"), ("Carlito-Regular.ttf", "Carlito-Bold.ttf", "Cousine-Regular.ttf"),
    ];

    private static readonly Lazy<Dictionary<Face, TrueTypeFile>?> Machine = new(() => In(Folders()));

    /// <summary>Fresh for each document: a face remembers what it spelt.</summary>
    public static IReadOnlyDictionary<Face, IFace> Faces() => Of(Machine.Value);

    public static IReadOnlyDictionary<Face, IFace> Of(IReadOnlyDictionary<Face, TrueTypeFile>? found) => found is null
        ? new Dictionary<Face, IFace> { [Face.Regular] = StandardFace.Regular, [Face.Bold] = StandardFace.Bold, [Face.Mono] = StandardFace.Mono }
        : found.ToDictionary(f => f.Key, f => (IFace)new EmbeddedFace($"Report-{f.Key}", f.Value));

    /// <summary>Null when no known family is in any of the folders, or its files are not what they seem.</summary>
    public static Dictionary<Face, TrueTypeFile>? In(IEnumerable<string> folders)
    {
        var there = folders.Where(Directory.Exists).SelectMany(FilesOf).GroupBy(f => Path.GetFileName(f)!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        foreach (var family in Families)
        {
            if (!there.TryGetValue(family.Regular, out var regular)) continue;
            try
            {
                return new() { [Face.Regular] = Read(regular), [Face.Bold] = Read(there.GetValueOrDefault(family.Bold, regular)), [Face.Mono] = Read(there.GetValueOrDefault(family.Mono, regular)) };
            }
            // A broken font file is as good as none: the next family is tried.
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or KeyNotFoundException or ArgumentException)
            {
                continue;
            }
        }
        return null;
    }

    private static IEnumerable<string> Folders()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return ["/usr/share/fonts", "/usr/local/share/fonts", Path.Combine(home, ".fonts"), Path.Combine(home, ".local/share/fonts")];
    }

    private static TrueTypeFile Read(string path) => new(File.ReadAllBytes(path));

    private static IEnumerable<string> FilesOf(string folder) =>
        Directory.EnumerateFiles(folder, "*.ttf", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 6 });
}
