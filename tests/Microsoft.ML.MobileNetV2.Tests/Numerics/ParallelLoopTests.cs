using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Tests.Numerics;

[TestClass]
public sealed class ParallelLoopTests
{
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(1000)]
    public void Run_RunsEveryPartOnce(int partCount)
    {
        Counter counter = new(partCount);

        ParallelLoop.Run(partCount, counter);

        Assert.IsTrue(Array.TrueForAll(counter.Runs, runs => runs == 1));
    }

    [TestMethod]
    public void Run_ManyLoopsAtOnce_RunEveryPartOnce() => Parallel.For(0, 200, _ =>
    {
        Counter counter = new(37);

        ParallelLoop.Run(37, counter);

        Assert.IsTrue(Array.TrueForAll(counter.Runs, runs => runs == 1));
    });

    [TestMethod]
    public void Run_LoopWithinALoop_Ends()
    {
        Counter outer = new(8) { Inner = new Counter(8) };

        ParallelLoop.Run(8, outer);

        Assert.IsTrue(Array.TrueForAll(outer.Inner.Runs, runs => runs == 8));
    }

    [TestMethod]
    public void Run_PartThatThrows_ThrowsItAfterTheOthersRan()
    {
        Counter counter = new(50) { Failing = 13 };

        InvalidOperationException exception = Assert.ThrowsExactly<InvalidOperationException>(() => ParallelLoop.Run(50, counter));

        Assert.AreEqual("part 13", exception.Message);
        Assert.AreEqual(50, counter.Runs.Sum());
    }

    private sealed class Counter(int partCount) : IParallelBody
    {
        internal int[] Runs { get; } = new int[partCount];

        internal int Failing { get; init; } = -1;

        internal Counter? Inner { get; init; }

        public void RunPart(int part)
        {
            Interlocked.Increment(ref Runs[part]);
            if (Inner is not null)
            {
                ParallelLoop.Run(Inner.Runs.Length, Inner);
            }

            if (part == Failing)
            {
                throw new InvalidOperationException($"part {part}");
            }
        }
    }
}
