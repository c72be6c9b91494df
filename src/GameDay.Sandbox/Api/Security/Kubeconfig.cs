using System.Text;

namespace GameDay.Sandbox.Api.Security;

/// <summary>Writes the file that kubectl and GameDay connect with. Only its owner can read it.</summary>
internal static class Kubeconfig
{
    public const string FileName = "sandbox.kubeconfig";

    public static async Task<string> WriteAsync(string directory, int port, LoopbackCertificate certificate, AdminToken token, CancellationToken cancellationToken)
    {
        var authority = Convert.ToBase64String(Encoding.ASCII.GetBytes(certificate.Authority.ExportCertificatePem()));
        var content = $$"""
            apiVersion: v1
            kind: Config
            current-context: sandbox
            clusters:
            - name: sandbox
              cluster:
                server: https://127.0.0.1:{{port}}
                certificate-authority-data: {{authority}}
            contexts:
            - name: sandbox
              context: {cluster: sandbox, user: {{AdminToken.User}}, namespace: default}
            users:
            - name: {{AdminToken.User}}
              user:
                token: {{token.Value}}

            """;
        var path = Path.Combine(directory, FileName);
        var fresh = $"{path}.{Environment.ProcessId}";
        File.Delete(fresh);
        await using (var file = new FileStream(fresh, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes(content), cancellationToken);
        }

        File.Move(fresh, path, overwrite: true);
        return path;
    }
}
