using GameDay.Data;
using GameDay.Domain;
using GameDay.Kubernetes;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Requests;

/// <summary>Last in the pipeline: failures that have a known cause and a next step become refusals; the rest stays a defect.</summary>
public sealed class Refuse<TRequest, TResponse> : IPipelineBehavior<TRequest, TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        try
        {
            return await next();
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new RuleBroken("ChangedMeanwhile", "Somebody else changed this a moment ago. Reload the page, look at it again, then decide.");
        }
        catch (ClusterUnreachableException e)
        {
            throw new RuleBroken("ClusterAway", $"{e.Message}. Check that it runs and that its kubeconfig is right; nothing was injected.");
        }
        catch (KubeConfigException e)
        {
            throw new RuleBroken("ClusterAway", $"{e.Message} Nothing was injected.");
        }
        catch (KubernetesException e)
        {
            throw new RuleBroken("ClusterRefused", $"The cluster refused. {e.Message}");
        }
        catch (Exception e) when (ExerciseLock.IsConnectionLoss(e))
        {
            throw new RuleBroken("DatabaseAway", "The database does not answer. Nothing was changed; running faults still end by their deadline. Try again in a moment.");
        }
    }
}
