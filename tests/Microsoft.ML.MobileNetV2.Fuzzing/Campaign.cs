using System.Diagnostics;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Fuzzing;

/// <summary>Reads damaged inputs of one target; the same seed gives the same inputs.</summary>
internal sealed class Campaign(FuzzTarget target, int seed, string folder)
{
    /// <summary>How many bytes an input may take beyond what an honest file needs.</summary>
    private const long MaxExtraBytes = 256L << 20;

    private const int MaxFindings = 20;
    private int _read;
    private int _findings;
    private long _mostBytes;
    private int _mostBytesIndex;
    private double _slowest;
    private int _slowestIndex;

    /// <summary>Runs all inputs, prints what was found, and returns the number of findings.</summary>
    internal int Run(int first, int iterations)
    {
        long honest = Measure(() => target.TryRead(target.Honest)).Bytes;
        using Process process = Process.GetCurrentProcess();
        long before = process.PeakWorkingSet64;
        using InputWatch watch = new(target.Name, folder);
        for (int index = first; index < first + iterations && _findings < MaxFindings; index++)
        {
            byte[] input = Input(target, seed, index);
            watch.Begin(index, input);
            RunOne(index, input, honest);
            Note(watch.End(), index);
        }

        process.Refresh();
        Console.WriteLine(FormattableString.Invariant($"{target.Name,-18}{target.Honest.Length,8} bytes {iterations,8} inputs {_read,9} read {_findings,3} findings; at most {Mega(Math.Max(0, _mostBytes - honest)),6:f1} MB beyond {Mega(honest):f1} MB (input {_mostBytesIndex}), peak working set +{Mega(process.PeakWorkingSet64 - before):f0} MB, slowest {_slowest:f0} ms (input {_slowestIndex})"));
        return _findings;
    }

    internal static byte[] Input(FuzzTarget target, int seed, int index) => target.Damage(index, new FileMutator(unchecked(seed + index)));

    private void RunOne(int index, byte[] input, long honest)
    {
        (long bytes, Exception? error) = Measure(() => _read += target.TryRead(input) ? 1 : 0);
        if (error is not null)
        {
            Report(index, input, error.ToString());
        }
        else if (bytes - honest > MaxExtraBytes)
        {
            Report(index, input, FormattableString.Invariant($"took {Mega(bytes - honest):f1} MB beyond the honest file's need."));
        }

        if (bytes > _mostBytes)
        {
            (_mostBytes, _mostBytesIndex) = (bytes, index);
        }
    }

    private static (long Bytes, Exception? Error) Measure(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exception? error = null;
        try
        {
            action();
        }
        catch (Exception e)
        {
            error = e;
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before, error);
    }

    private void Note(double milliseconds, int index)
    {
        if (milliseconds > _slowest)
        {
            (_slowest, _slowestIndex) = (milliseconds, index);
        }
    }

    private void Report(int index, byte[] input, string problem)
    {
        _findings++;
        string path = Path.Combine(folder, FormattableString.Invariant($"{target.Name}-{seed}-{index}.bin"));
        File.WriteAllBytes(path, input);
        Console.Error.WriteLine($"{target.Name}: input {index}, kept as '{path}': {problem}");
    }

    private static double Mega(long bytes) => bytes / (double)(1 << 20);
}
