using FluentValidation;
using GameDay.Data;
using GameDay.Domain.People;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Exercises;

/// <summary>No-go: nothing starts today; a new date comes later. A cheap and neutral decision.</summary>
public static class PostponeExercise
{
    [Allow(Role.Facilitator)]
    public sealed record Command(Guid Id, string Reason) : IRequest;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().WithMessage("Say why it is a no-go.").MaximumLength(2000).WithMessage("Keep it under 2,000 characters.");
    }

    public sealed class Handler(GameDayDbContext db, CurrentUser user) : AsyncRequestHandler<Command>
    {
        protected override async Task Handle(Command request, CancellationToken cancellationToken)
        {
            await using var unit = await db.LockAsync(request.Id, cancellationToken);
            unit.Exercise.NoGo(request.Reason, user.Actor);
            await unit.CommitAsync(cancellationToken);
        }
    }
}
