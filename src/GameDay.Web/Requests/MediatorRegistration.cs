using System.Reflection;
using FluentValidation;
using MediatR;

namespace GameDay.Web.Requests;

/// <summary>MediatR 5.1 brings no registration of its own (docs/decisions/0003).</summary>
public static class MediatorRegistration
{
    public static IServiceCollection AddRequests(this IServiceCollection services, Assembly assembly) => services
        .AddScoped<ServiceFactory>(sp => sp.GetRequiredService)
        .AddScoped<IMediator, Mediator>()
        .AddScoped<CurrentUser>()
        .AddSingleton<Handovers>()
        .AddScoped<Handover>()
        .AddScoped<Sender>(sp => ActivatorUtilities.CreateInstance<Sender>(sp, sp.GetRequiredService<Microsoft.AspNetCore.Components.Authorization.AuthenticationStateProvider>()))
        .AddScoped<Failures>()
        .Scan(scan => scan.FromAssemblies(assembly)
            .AddClasses(c => c.AssignableToAny(typeof(IRequestHandler<,>), typeof(IValidator<>)), publicOnly: false)
            .AsImplementedInterfaces().WithScopedLifetime())
        .AddScoped(typeof(IPipelineBehavior<,>), typeof(Authorise<,>))
        .AddScoped(typeof(IPipelineBehavior<,>), typeof(Validate<,>))
        .AddScoped(typeof(IPipelineBehavior<,>), typeof(Refuse<,>));
}
