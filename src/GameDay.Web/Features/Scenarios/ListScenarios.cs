using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Scenarios;

/// <summary>The scenario library.</summary>
public static class ListScenarios
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Query : IRequest<IReadOnlyList<Library.Scenario>>;

    public sealed class Handler(Library library) : IRequestHandler<Query, IReadOnlyList<Library.Scenario>>
    {
        public Task<IReadOnlyList<Library.Scenario>> Handle(Query request, CancellationToken cancellationToken) => library.AllAsync(cancellationToken);
    }
}
