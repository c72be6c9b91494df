using GameDay.Data;
using GameDay.Domain.Plugins;
using GameDay.Web.Features.Runbooks;
using GameDay.Web.Features.Scenarios;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Search;

/// <summary>Exercises, findings, scenarios, faults and runbooks whose words hold the text.</summary>
public static class FindAnything
{
    private const int MostOfAKind = 20;

    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query(string Text) : IRequest<IReadOnlyList<Hit>>;

    public sealed record Hit(string Kind, string Icon, string Title, string Link, string Detail);

    public sealed class Handler(GameDayDbContext db, Library library, Shelf shelf, IReadOnlyList<FaultKind> kinds) : IRequestHandler<Query, IReadOnlyList<Hit>>
    {
        public async Task<IReadOnlyList<Hit>> Handle(Query request, CancellationToken cancellationToken)
        {
            var text = request.Text.Trim();
            if (text.Length == 0) return [];
            return [.. await ExercisesAsync(text, cancellationToken), .. await FindingsAsync(text, cancellationToken), .. await ScenariosAsync(text, cancellationToken), .. Faults(text), .. Pages(text)];
        }

        private async Task<IEnumerable<Hit>> ExercisesAsync(string text, CancellationToken ct) =>
            (await db.Exercises.Where(e => EF.Functions.ILike(e.Title, $"%{Literal(text)}%", "\\")).OrderByDescending(e => e.CreatedAt).Take(MostOfAKind).Select(e => new { e.Id, e.Title, e.State }).ToListAsync(ct))
            .Select(e => new Hit("Exercise", "stack", e.Title, $"/exercises/{e.Id}", e.State.ToString()));

        private async Task<IEnumerable<Hit>> FindingsAsync(string text, CancellationToken ct) =>
            (await db.Findings.Where(f => EF.Functions.ILike(f.Title, $"%{Literal(text)}%", "\\")).OrderByDescending(f => f.CreatedAt).Take(MostOfAKind).Select(f => new { f.Id, f.Title, f.IssueKey }).ToListAsync(ct))
            .Select(f => new Hit("Finding", "flag", f.Title, $"/findings/{f.Id}", f.IssueKey ?? ""));

        private async Task<IEnumerable<Hit>> ScenariosAsync(string text, CancellationToken ct) =>
            (await library.AllAsync(ct)).Where(s => Has($"{s.Name} {s.Plan?.Title} {s.Plan?.Goal}", text))
            .Select(s => new Hit("Scenario", "book", s.Plan?.Title ?? s.Name, $"/exercises/new?scenario={Uri.EscapeDataString(s.Name)}", s.Plan?.Goal ?? ""));

        private IEnumerable<Hit> Faults(string text) =>
            kinds.Where(k => Has($"{k.Id} {k.Title} {k.Summary}", text)).Select(k => new Hit("Fault", "bolt", k.Title, $"/faults#{k.Id}", k.Summary));

        private IEnumerable<Hit> Pages(string text) =>
            shelf.All().Where(p => Has($"{p.Title} {p.Path}", text)).Select(p => new Hit("Runbook", "undo", p.Title, $"/runbooks/{p.Path}", ""));

        private static bool Has(string words, string text) => words.Contains(text, StringComparison.OrdinalIgnoreCase);

        private static string Literal(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
    }
}
