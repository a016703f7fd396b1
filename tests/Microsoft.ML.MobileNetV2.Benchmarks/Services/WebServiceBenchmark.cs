using System.Collections.Concurrent;
using System.Diagnostics;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Measures the sample of a web service under load.</summary>
internal static class WebServiceBenchmark
{
    private const int WarmUpRequests = 100;

    private static readonly Uri Classify = new("/classify", UriKind.Relative);

    internal static async Task RunAsync(BenchmarkArguments arguments)
    {
        int requests = arguments.Number("--requests", 2000);
        int parallel = arguments.Number("--parallel", 8);
        using ServiceProcess service = await ServiceProcess.StartAsync();
        using HttpClient client = new() { BaseAddress = service.Address };
        Uploads uploads = new();
        await SendAsync(client, uploads, WarmUpRequests, parallel);
        for (int round = 1; round <= arguments.Number("--rounds", 3); round++)
        {
            double before = service.Memory;
            Load load = await SendAsync(client, uploads, requests, parallel);
            Report.Print(arguments.IsJson, new()
            {
                ["round"] = round,
                ["requests"] = requests,
                ["wrong_answers"] = load.WrongAnswers,
                ["median_ms_of_good"] = Report.Median(load.Good),
                ["p99_ms_of_good"] = Report.Percentile(load.Good, 0.99),
                ["p99_ms_of_bad"] = Report.Percentile(load.Bad, 0.99),
                ["requests_per_second"] = requests / load.Time.TotalSeconds,
                ["mebibytes_before"] = before,
                ["mebibytes_after"] = service.Memory,
            });
            if (load.WrongAnswers > 0)
            {
                Environment.ExitCode = 1;
            }
        }
    }

    private static async Task<Load> SendAsync(HttpClient client, Uploads uploads, int count, int parallel)
    {
        ConcurrentBag<double> good = [];
        ConcurrentBag<double> bad = [];
        int wrong = 0;
        long start = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = parallel }, async (index, end) =>
        {
            using HttpContent content = uploads.Create(index);
            long sent = Stopwatch.GetTimestamp();
            using HttpResponseMessage response = await client.PostAsync(Classify, content, end);
            string answer = await response.Content.ReadAsStringAsync(end);
            (Uploads.IsGood(index) ? good : bad).Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            if (!Uploads.IsRight(index, response.StatusCode, answer))
            {
                Interlocked.Increment(ref wrong);
            }
        });
        return new([.. good], [.. bad], wrong, Stopwatch.GetElapsedTime(start));
    }

    private sealed record Load(double[] Good, double[] Bad, int WrongAnswers, TimeSpan Time);
}
