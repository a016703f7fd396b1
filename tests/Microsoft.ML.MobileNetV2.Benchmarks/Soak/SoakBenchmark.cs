using System.Diagnostics;
using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Looks for wrong rows, exceptions, deadlocks and leaks in random compositions on many threads.</summary>
internal static class SoakBenchmark
{
    private const double BytesPerMebibyte = 1024 * 1024;
    private const int LastMinutes = 3;

    internal static void Run(BenchmarkArguments arguments)
    {
        int minutes = arguments.Number("--minutes", 30);
        int seed = arguments.Number("--seed", 1);
        using SoakModels models = new();
        SoakCounts counts = new();
        using CancellationTokenSource end = new();
        SoakThread[] soaks = [.. Enumerable.Range(0, arguments.Number("--threads", 16)).Select(index => new SoakThread(models, counts, seed * 1000 + index))];
        Thread[] threads = [.. soaks.Select(soak => new Thread(() => soak.Run(end.Token)))];
        Console.WriteLine("minute  compositions      rows  wrong  canceled  disposed  unexpected  handles  resident MiB  managed MiB  threads");
        Print(0, counts);
        Array.ForEach(threads, thread => thread.Start());
        for (int minute = 1; minute <= minutes; minute++)
        {
            end.Token.WaitHandle.WaitOne(TimeSpan.FromMinutes(1));
            Print(minute, counts);
        }

        end.Cancel();
        Join(threads, soaks, counts);
        if (counts.WrongRows + counts.Unexpected > 0)
        {
            Environment.ExitCode = 1;
        }
    }

    private static void Join(Thread[] threads, SoakThread[] soaks, SoakCounts counts)
    {
        long deadline = Stopwatch.GetTimestamp() + LastMinutes * 60 * Stopwatch.Frequency;
        for (int index = 0; index < threads.Length; index++)
        {
            TimeSpan left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), deadline);
            if (!threads[index].Join(left > TimeSpan.Zero ? left : TimeSpan.Zero))
            {
                counts.AddUnexpected($"thread {index} does not end: {soaks[index].Composition}");
                Environment.FailFast($"Thread {index} does not end: {soaks[index].Composition}");
            }
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        Console.WriteLine("all threads ended");
        Print(-1, counts);
    }

    private static void Print(int minute, SoakCounts counts)
    {
        using Process process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(minute < 0 ? "end" : minute),6}{counts.Compositions,14}{counts.Rows,10}{counts.WrongRows,7}{counts.Canceled,10}{counts.Disposed,10}{counts.Unexpected,12}{process.HandleCount,9}{process.WorkingSet64 / BytesPerMebibyte,14:0}{GC.GetTotalMemory(forceFullCollection: false) / BytesPerMebibyte,13:0}{process.Threads.Count,9}"));
    }
}
