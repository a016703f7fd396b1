using Microsoft.ML.MobileNetV2.FineTuning;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Tests.FineTuning;

/// <summary>The threads of a team work together in every pass, whatever happened between two of them.</summary>
[TestClass]
public sealed class TrainingTeamTests
{
    private const int ThreadCount = 2;

    /// <summary>Far longer than a helper waits for work.</summary>
    private static readonly TimeSpan LongWork = TimeSpan.FromSeconds(1);

    [TestMethod]
    public void Run_AfterTheCallerWorkedAlone_HasItsThreadsAgain()
    {
        if (Environment.ProcessorCount < ThreadCount)
        {
            Assert.Inconclusive("One processor has one thread.");
        }

        TrainingTeam team = TrainingTeam.Gather(ThreadCount);
        using Meeting before = new(), after = new();
        team.Run(ThreadCount, before);
        SpinWait.SpinUntil(() => false, LongWork);

        team.Run(ThreadCount, after);
        team.Dismiss();

        Assert.AreEqual(ThreadCount, before.MetCount);
        Assert.AreEqual(ThreadCount, after.MetCount);
    }

    [TestMethod]
    public void Run_ManyPasses_RunsEveryPartOfEachOnce()
    {
        int[] runs = new int[100];
        TrainingTeam team = TrainingTeam.Gather(ThreadCount);
        for (int pass = 1; pass <= runs.Length; pass++)
        {
            team.Run(pass, new Counter(runs));
        }

        team.Dismiss();

        Assert.AreSequenceEqual([.. Enumerable.Range(0, runs.Length).Select(part => runs.Length - part)], runs);
    }

    private sealed class Counter(int[] runs) : IParallelBody
    {
        public void RunPart(int part) => Interlocked.Increment(ref runs[part]);
    }

    /// <summary>Ends when both parts run at the same time.</summary>
    private sealed class Meeting : IParallelBody, IDisposable
    {
        private readonly Barrier _barrier = new(ThreadCount);
        private int _metCount;

        internal int MetCount => _metCount;

        public void RunPart(int part)
        {
            if (_barrier.SignalAndWait(TimeSpan.FromSeconds(30)))
            {
                Interlocked.Increment(ref _metCount);
            }
        }

        public void Dispose() => _barrier.Dispose();
    }
}
