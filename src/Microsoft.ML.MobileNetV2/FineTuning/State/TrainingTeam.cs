using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Runs the passes of a step, one after the other, with threads that wait between them: there are over a hundred, most of them short.</summary>
internal sealed class TrainingTeam : ParallelJob
{
    private static readonly ObjectPool<TrainingTeam> Pool = new(() => new());

    private IParallelBody? _body;
    private int _first;
    private int _next;

    private TrainingTeam()
    {
    }

    /// <summary>Gets enough for the work of one thread between two passes.</summary>
    protected override int MaxIdleSpins => 10_000;

    /// <summary>Gathers threads.</summary>
    internal static TrainingTeam Gather(int threadCount)
    {
        TrainingTeam team = Pool.Take();
        team._first = team._next = 0;
        team.Open(Math.Min(threadCount, Environment.ProcessorCount));
        return team;
    }

    /// <summary>Runs parts 0 to <paramref name="partCount"/> − 1 and returns when all are done.</summary>
    internal void Run(int partCount, IParallelBody body)
    {
        _body = body;
        _first = _next;
        _next += partCount;
        RunPhase(partCount);
    }

    /// <summary>Lets the threads go, and throws what a part threw.</summary>
    internal void Dismiss() => Close();

    protected override void RunPart(int phase, int part) => _body!.RunPart(part);

    protected override (int Phase, int Part) Locate(int number) => (0, number - _first);

    protected override void Recycle()
    {
        _body = null;
        Pool.Return(this);
    }
}
