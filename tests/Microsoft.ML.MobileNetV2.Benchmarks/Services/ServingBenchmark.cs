using System.Diagnostics;
using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Sends good, bad, huge and aborted uploads to a running <c>mobilenetv2 serve</c>, and compares the answers with the model's own.</summary>
internal static class ServingBenchmark
{
    private const int SecondsBetweenLines = 10;

    internal static void Run(BenchmarkArguments arguments)
    {
        int clients = arguments.Number("--clients", 8);
        TimeSpan duration = TimeSpan.FromSeconds(arguments.Number("--seconds", 60));
        ServingImages images = ServingImages.Load(arguments.Text("--model", "model.zip"), arguments.Images());
        ServingCounts counts = new();
        using ServingClient client = new(new Uri(arguments.Text("--url", "http://127.0.0.1:5170")), images, counts);
        using CancellationTokenSource end = new(duration);
        Task[] running = [.. Enumerable.Range(0, clients).Select(index => client.RunAsync(index, end.Token))];
        Watch(arguments.Number("--pid", 0), duration, counts);
        Task.WaitAll(running);
        counts.Write(Console.Out, duration);
        Environment.ExitCode = counts.HasFault ? 1 : 0;
    }

    private static void Watch(int processId, TimeSpan duration, ServingCounts counts)
    {
        for (double second = 0; second < duration.TotalSeconds; second += SecondsBetweenLines)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{second,4:0} s  {counts.Total,7} requests  {Describe(processId)}"));
            Thread.Sleep(TimeSpan.FromSeconds(SecondsBetweenLines));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $" end    {counts.Total,7} requests  {Describe(processId)}"));
    }

    private static string Describe(int processId)
    {
        if (processId == 0)
        {
            return string.Empty;
        }

        using Process process = Process.GetProcessById(processId);
        string descriptors = $"/proc/{processId}/fd";
        string handles = Directory.Exists(descriptors) ? $"{Directory.GetFileSystemEntries(descriptors).Length} handles" : $"{process.HandleCount} handles";
        return string.Create(CultureInfo.InvariantCulture, $"{process.WorkingSet64 / 1e6,6:0} MB  {handles}  {process.Threads.Count} threads");
    }
}
