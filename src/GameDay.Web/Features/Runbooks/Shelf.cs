using GameDay.Web.Hosting;

namespace GameDay.Web.Features.Runbooks;

/// <summary>The Markdown pages below runbooks/.</summary>
public sealed class Shelf(WebOptions options)
{
    private string Root => options.RunbooksDirectory;

    /// <param name="Path">Below runbooks/, without ending: <c>faults/pod-kill</c>.</param>
    public sealed record Page(string Path, string Title, string Group);

    public IReadOnlyList<Page> All() => !Directory.Exists(Root) ? [] :
        [.. Directory.EnumerateFiles(Root, "*.md", SearchOption.AllDirectories).Where(f => !Path.GetFileName(f).StartsWith('_')).Order(StringComparer.Ordinal).Select(Describe)];

    /// <summary>Only pages that are listed are read, so no other file can be reached.</summary>
    public (Page Page, string Markdown)? Read(string path) =>
        All().FirstOrDefault(p => p.Path == path) is { } page ? (page, File.ReadAllText(Path.Combine(Root, $"{page.Path}.md"))) : null;

    private Page Describe(string file)
    {
        var path = Path.ChangeExtension(Path.GetRelativePath(Root, file), null).Replace('\\', '/');
        var heading = File.ReadLines(file).FirstOrDefault(l => l.StartsWith("# ", StringComparison.Ordinal));
        return new(path, heading?[2..].Replace("`", "", StringComparison.Ordinal).Trim() ?? path, path.Contains('/', StringComparison.Ordinal) ? path.Split('/')[0] : "general");
    }
}
