namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Counts what all threads have seen, and prints the first faults.</summary>
internal sealed class SoakCounts
{
    private const int MaxPrintedFaults = 30;
    private long _compositions;
    private long _rows;
    private long _wrongRows;
    private long _canceled;
    private long _disposed;
    private long _unexpected;
    private int _printedFaults;

    internal long Compositions => Interlocked.Read(ref _compositions);

    internal long Rows => Interlocked.Read(ref _rows);

    internal long WrongRows => Interlocked.Read(ref _wrongRows);

    /// <summary>Gets the number of compositions that ended in <see cref="OperationCanceledException"/>, as asked for.</summary>
    internal long Canceled => Interlocked.Read(ref _canceled);

    /// <summary>Gets the number of compositions that ended in <see cref="ObjectDisposedException"/>, as asked for.</summary>
    internal long Disposed => Interlocked.Read(ref _disposed);

    /// <summary>Gets the number of compositions that ended in an exception that no documentation allows there, or with another number of rows than they have.</summary>
    internal long Unexpected => Interlocked.Read(ref _unexpected);

    internal void AddComposition() => Interlocked.Increment(ref _compositions);

    internal void AddCanceled() => Interlocked.Increment(ref _canceled);

    internal void AddDisposed() => Interlocked.Increment(ref _disposed);

    internal void AddRow(bool isRight, string description)
    {
        Interlocked.Increment(ref _rows);
        if (!isRight)
        {
            Interlocked.Increment(ref _wrongRows);
            Print($"wrong row: {description}");
        }
    }

    internal void AddUnexpected(string description)
    {
        Interlocked.Increment(ref _unexpected);
        Print($"unexpected: {description}");
    }

    private void Print(string fault)
    {
        if (Interlocked.Increment(ref _printedFaults) <= MaxPrintedFaults)
        {
            Console.Error.WriteLine(fault);
        }
    }
}
