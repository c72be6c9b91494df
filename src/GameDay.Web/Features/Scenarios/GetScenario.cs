using GameDay.Domain;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Scenarios;

/// <summary>One scenario of the library by its file's name.</summary>
public static class GetScenario
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query(string Name) : IRequest<Library.Scenario>;

    public sealed class Handler(Library library) : IRequestHandler<Query, Library.Scenario>
    {
        public async Task<Library.Scenario> Handle(Query request, CancellationToken cancellationToken) =>
            await library.FindAsync(request.Name, cancellationToken)
            ?? throw new RuleBroken("NotFound", $"There is no scenario '{request.Name}'. Choose one of the list.");
    }
}
