using GameDay.Domain;

namespace GameDay.Web.Requests;

/// <summary>The one place where a failure becomes words (style 10): a refusal is shown as it is, anything else is logged once under an id.</summary>
public sealed class Failures(ILogger<Failures> log)
{
    public string InWords(Exception failure) => failure is RuleBroken refusal ? refusal.Message : Broke(failure);

    private string Broke(Exception failure)
    {
        var id = Guid.NewGuid().ToString("N")[..8];
        log.LogError(failure, "Something broke, id {FailureId}", id);
        return $"Something broke, id {id}. Try again; if it happens again, give this id to whoever runs GameDay: the log has the details.";
    }
}
