using System.Diagnostics;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Runs the sample of a web service on a free port, as a user's process.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private const string ListeningMark = "Now listening on: ";
    private const double BytesPerMebibyte = 1024 * 1024;

    private readonly Process _process;

    private ServiceProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    internal Uri Address { get; }

    /// <summary>Gets the resident memory in MiB.</summary>
    internal double Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / BytesPerMebibyte;
        }
    }

    internal static async Task<ServiceProcess> StartAsync()
    {
        string folder = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        string program = Path.Combine(folder, "..", "..", "WebService", Path.GetFileName(folder), "WebService.dll");
        ProcessStartInfo start = new("dotnet", [program, "--urls", "http://127.0.0.1:0", "--contentRoot", Path.GetDirectoryName(program)!])
        {
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start)!;
        try
        {
            return new(process, await ReadAddressAsync(process));
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task<Uri> ReadAddressAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            int mark = line.IndexOf(ListeningMark, StringComparison.Ordinal);
            if (mark >= 0)
            {
                // Read on, so that the service never waits for its log.
                _ = process.StandardOutput.ReadToEndAsync();
                return new(line[(mark + ListeningMark.Length)..]);
            }
        }

        throw new InvalidOperationException("The service ended before it listened.");
    }
}
