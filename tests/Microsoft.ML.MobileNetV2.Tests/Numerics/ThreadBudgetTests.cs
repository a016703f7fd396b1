using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Tests.Numerics;

[TestClass]
[DoNotParallelize]
public sealed class ThreadBudgetTests
{
    [TestMethod]
    public void Borrow_WithAsManyImagesAsProcessors_GivesNothing()
    {
        for (int i = 0; i < Environment.ProcessorCount; i++)
        {
            ThreadBudget.Enter();
        }

        int borrowed = ThreadBudget.Borrow(100);
        ThreadBudget.Leave(Environment.ProcessorCount);

        Assert.AreEqual(0, borrowed);
    }

    [TestMethod]
    public void Borrow_WithOneImage_GivesTheOtherProcessorsOnce()
    {
        ThreadBudget.Enter();

        int borrowed = ThreadBudget.Borrow(1000);
        int again = ThreadBudget.Borrow(1000);
        ThreadBudget.Leave(1 + borrowed + again);

        Assert.AreEqual(Environment.ProcessorCount - 1, borrowed);
        Assert.AreEqual(0, again);
    }

    [TestMethod]
    public void Borrow_MoreThanWanted_GivesWhatIsWanted()
    {
        ThreadBudget.Enter();

        int borrowed = ThreadBudget.Borrow(0);
        ThreadBudget.Leave(1 + borrowed);

        Assert.AreEqual(0, borrowed);
    }

    [TestMethod]
    public void IsOverdrawn_WithMoreImagesThanProcessors_IsTrue()
    {
        Assert.IsFalse(ThreadBudget.IsOverdrawn);
        for (int i = 0; i <= Environment.ProcessorCount; i++)
        {
            ThreadBudget.Enter();
        }

        bool isOverdrawn = ThreadBudget.IsOverdrawn;
        ThreadBudget.Leave(Environment.ProcessorCount + 1);

        Assert.IsTrue(isOverdrawn);
    }
}
