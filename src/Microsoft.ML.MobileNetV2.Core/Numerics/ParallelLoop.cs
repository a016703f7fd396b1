namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>Runs the parts of a loop on all cores, without allocating once warm.</summary>
internal sealed class ParallelLoop : ParallelJob
{
    private static readonly ObjectPool<ParallelLoop> Pool = new(() => new());

    private IParallelBody? _body;

    private ParallelLoop()
    {
    }

    /// <summary>Runs parts 0 to <paramref name="partCount"/> − 1 and returns when all are done.</summary>
    internal static void Run(int partCount, IParallelBody body)
    {
        int threadCount = Math.Min(partCount, Environment.ProcessorCount);
        if (threadCount <= 1)
        {
            for (int part = 0; part < partCount; part++)
            {
                body.RunPart(part);
            }

            return;
        }

        Pool.Take().Run(partCount, threadCount, body);
    }

    protected override void RunPart(int phase, int part) => _body!.RunPart(part);

    protected override (int Phase, int Part) Locate(int number) => (0, number);

    protected override void Recycle()
    {
        _body = null;
        Pool.Return(this);
    }

    private void Run(int partCount, int threadCount, IParallelBody body)
    {
        _body = body;
        Open(threadCount);
        RunPhase(partCount);
        Close();
    }
}
