using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.Tests.Architecture;

/// <summary>The walk over the network: every layer once, each with the input that it has.</summary>
[TestClass]
public sealed class NetworkStepsTests
{
    private static readonly IReadOnlyList<NetworkStep> Steps = new MobileNetV2Architecture().Steps;

    [TestMethod]
    public void Steps_StartWithTheStemAndEndWithThePool()
    {
        Assert.AreEqual(ConvRole.Stem, ((ConvStep)Steps[0]).Role);
        Assert.AreEqual(ConvRole.Last, ((ConvStep)Steps[^2]).Role);
        Assert.IsInstanceOfType<PoolStep>(Steps[^1]);
    }

    [TestMethod]
    public void Steps_OfTheFirstBlocks_AreInThePapersOrder()
    {
        string[] steps = [.. Steps.Skip(1).Take(9).Select(Describe)];

        Assert.AreSequenceEqual(
            ["0 Depthwise", "0 Project", "1 Expand", "1 Depthwise", "1 Project", "2 Expand", "2 Depthwise", "2 Project", "2 Shortcut"], steps);
    }

    [TestMethod]
    public void Steps_EachConvolutionsInput_HasItsChannels()
    {
        int channels = 3;
        foreach (ConvStep step in Steps.OfType<ConvStep>())
        {
            Assert.AreEqual(channels, step.Layer.InputChannels, step.Layer.Name);
            channels = step.Layer.OutputChannels;
        }
    }

    [TestMethod]
    public void ShortcutStep_AddsTheOutputOfTheStepBeforeItsBlock()
    {
        ShortcutStep[] shortcuts = [.. Steps.OfType<ShortcutStep>()];

        Assert.HasCount(10, shortcuts);
        foreach (ShortcutStep shortcut in shortcuts)
        {
            int first = Enumerable.Range(0, Steps.Count).First(index => Steps[index] is ConvStep conv && conv.Block == shortcut.Block);
            Assert.AreEqual(first - 1, shortcut.InputStep, shortcut.Block.Name);
        }
    }

    [TestMethod]
    public void Blocks_AreCountedByStage()
    {
        MobileNetV2Architecture architecture = new(1, 1.4f);

        IEnumerable<int> lengths = architecture.Blocks.GroupBy(block => block.Stage).Select(stage => stage.Max(block => block.Repeat) + 1);

        Assert.AreSequenceEqual([1, 3, 5, 6, 5, 5, 1], lengths);
    }

    private static string Describe(NetworkStep step) => step switch
    {
        ConvStep conv => $"{conv.Block?.Index} {conv.Role}",
        ShortcutStep shortcut => $"{shortcut.Block.Index} Shortcut",
        _ => "Pool",
    };
}
