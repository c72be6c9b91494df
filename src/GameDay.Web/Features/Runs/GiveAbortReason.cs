using FluentValidation;
using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Runs;

/// <summary>Why somebody aborted, asked afterwards.</summary>
public static class GiveAbortReason
{
    /// <param name="RunId">The run that was aborted; null when it was the whole exercise.</param>
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Command(Guid ExerciseId, Guid? RunId, string Reason) : IRequest;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().WithMessage("Say in one line why it was aborted.");
    }

    public sealed class Handler(GameDayDbContext db, CurrentUser user) : AsyncRequestHandler<Command>
    {
        protected override async Task Handle(Command request, CancellationToken cancellationToken)
        {
            await using var unit = await db.LockAsync(request.ExerciseId, cancellationToken);
            if (request.RunId is { } run) unit.Exercise.Record(EntryKind.Decision, user.Actor, $"Why the run was aborted: {request.Reason.Trim()}", run);
            else unit.Exercise.GiveAbortReason(request.Reason.Trim(), user.Actor);
            await unit.CommitAsync(cancellationToken);
        }
    }
}
