using FluentValidation;
using GameDay.Domain;
using MediatR;

namespace GameDay.Web.Requests;

/// <summary>Second in the pipeline: all that is wrong with the input, in one refusal.</summary>
public sealed class Validate<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var wrong = new List<string>();
        foreach (var validator in validators)
            wrong.AddRange((await validator.ValidateAsync(request, cancellationToken)).Errors.Select(e => e.ErrorMessage));
        return wrong.Count == 0 ? await next() : throw new RuleBroken("Invalid", string.Join(" ", wrong.Distinct(StringComparer.Ordinal)));
    }
}
