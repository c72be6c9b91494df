using GameDay.Web.Components.Parts;

namespace GameDay.Web.Features.Clusters;

public sealed partial class ClustersPage
{
    private readonly Dictionary<string, CheckCluster.Answer> _answers = new(StringComparer.Ordinal);
    private IReadOnlyList<ListIntegrations.Row> _vendors = [];
    private string _namespace = "shop";

    protected override async Task OnInitializedAsync() => _vendors = await TrySend(new ListIntegrations.Query()) ?? [];

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        await CheckAsync();
        StateHasChanged();
    }

    private Task CheckAsync() => TryAsync(async () =>
    {
        foreach (var cluster in Clusters.All)
        {
            _answers[cluster.Name] = await Sender.Send(new CheckCluster.Query(cluster.Name, _namespace.Trim()));
            StateHasChanged();
        }
    });

    private IReadOnlyList<EvidenceList.Row> Rows(CheckCluster.Answer answer)
    {
        if (answer.Version is null) return [new("API server", "No answer", answer.Problem, "alert", "attn")];
        return
        [
            new("API server", "Answers", $"{answer.Version} · {Viewer.Exact(answer.At)}"),
            answer.Halted switch
            {
                false => new("Halt object", "Not there", "ConfigMap gameday-halt"),
                true => new("Halt object", "In force", "ConfigMap gameday-halt: nothing is injected there", "alert", "attn"),
                null => new("Halt object", "Not known", "starts are refused until it can be read", "alert", "attn"),
            },
            answer.Leftovers switch
            {
                { Count: 0 } => new("Left behind by GameDay", "Nothing", "ledger and labelled objects read"),
                { } left => new("Left behind by GameDay", $"{left.Count}", "listed below", "alert", "attn"),
                null => new("Left behind by GameDay", "Not known", "all clear is refused until it can be read", "alert", "attn"),
            },
            .. answer.Faults.Select(Row),
        ];
    }

    private static EvidenceList.Row Row(CheckCluster.FaultCheck fault) => fault switch
    {
        { Problem: { } problem } => new(fault.Title, "Not known", problem, "alert", "attn"),
        { Missing.Count: > 0 } => new(fault.Title, "Permissions missing", string.Join(", ", fault.Missing), "alert", "attn"),
        _ => new(fault.Title, "May be used", $"{fault.Held} permissions held"),
    };
}
