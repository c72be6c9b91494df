using GameDay.Data;
using GameDay.Domain;
using GameDay.Domain.People;
using GameDay.Web.Hosting;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.SignIn;

/// <summary>Finds the person who signs in: demo people without a password, others with theirs.</summary>
public static class SignInAs
{
    [AllowAnyone]
    public sealed record Command(string UserName, string? Password) : IRequest<Person>;

    public sealed class Handler(GameDayDbContext db, WebOptions options, IPasswordHasher<Person> hasher) : IRequestHandler<Command, Person>
    {
        public async Task<Person> Handle(Command request, CancellationToken cancellationToken)
        {
            var person = await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.UserName == request.UserName, cancellationToken);
            if (person is { IsDemo: true } && options.DemoSignIns) return person;
            // The same work and the same words whether the name or the password is wrong.
            var stored = person?.PasswordHash ?? Decoy;
            var fits = hasher.VerifyHashedPassword(person!, stored, request.Password ?? "") != PasswordVerificationResult.Failed;
            return person is { IsDemo: false, PasswordHash: not null } && fits ? person : throw new RuleBroken("NotSignedIn", "Name or password is wrong.");
        }

        private static readonly string Decoy = new PasswordHasher<Person>().HashPassword(null!, Guid.NewGuid().ToString());
    }
}
