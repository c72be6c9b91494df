using FluentValidation;
using GameDay.Data;
using GameDay.Domain.People;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Exercises;

/// <summary>Cancels what has not started.</summary>
public static class CancelExercise
{
    [Allow(Role.Facilitator)]
    public sealed record Command(Guid Id, string Reason) : IRequest;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().WithMessage("Say why; people had this in their calendar.").MaximumLength(2000).WithMessage("Keep it under 2,000 characters.");
    }

    public sealed class Handler(GameDayDbContext db, CurrentUser user, TimeProvider clock) : AsyncRequestHandler<Command>
    {
        protected override async Task Handle(Command request, CancellationToken cancellationToken)
        {
            await using var unit = await db.LockAsync(request.Id, cancellationToken);
            unit.Exercise.Cancel(request.Reason, user.Actor, clock.GetUtcNow());
            await unit.CommitAsync(cancellationToken);
        }
    }
}
