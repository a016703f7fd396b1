using Microsoft.ML.MobileNetV2.Network;

namespace Microsoft.ML.MobileNetV2.Tests.Network;

[TestClass]
public sealed class NetworkPlanTests
{
    private const int Lanes = 16;

    [TestMethod]
    public void Create_OfTheUsualNetwork_HasTheBlocksOfTable2()
    {
        NetworkPlan plan = NetworkPlan.Create(new(), PaddingConvention.Same, 224, Lanes, keepsMap: false);

        Assert.HasCount(17, plan.Blocks);
        Assert.AreEqual(49, plan.MapPixels);
        Assert.AreEqual(10, plan.Blocks.Count(block => block.AddsInput));
        Assert.AreEqual((0, 1), plan.Blocks[1].Padding);
    }

    [TestMethod]
    [DataRow(32)]
    [DataRow(97)]
    [DataRow(224)]
    [DataRow(640)]
    public void Create_EveryTile_LeavesItsInputInTheRing(int size)
    {
        NetworkPlan plan = NetworkPlan.Create(new(1.4f), PaddingConvention.Symmetric, size, Lanes, keepsMap: false);

        foreach (BlockPlan block in plan.Blocks)
        {
            Assert.IsInRange(1, block.OutputSize, block.TileRows);
            Assert.AreEqual(Math.Min(block.Size, (block.TileRows - 1) * block.Depthwise.Stride + 3), block.RingRows);
        }
    }

    [TestMethod]
    public void Layout_IsTheStatedSum()
    {
        NetworkPlan plan = NetworkPlan.Create(new(), PaddingConvention.Same, 224, Lanes, keepsMap: false);

        int input = 3 * 224 * 224;
        int maps = 112 * 112 * 16 + 56 * 56 * 32;
        int zeros = 112 * Lanes;

        Assert.AreEqual(input + maps + zeros + 1280, plan.Layout.TotalCount);
        Assert.IsInRange(0, 4 * 64 * 1024, plan.Layout.ScratchCount);
    }

    [TestMethod]
    [DataRow(1, 32, "1")]
    [DataRow(4, 32, "4")]
    [DataRow(5, 32, "2 3")]
    [DataRow(9, 32, "3 3 3")]
    [DataRow(1, 16, "1")]
    [DataRow(3, 16, "3")]
    [DataRow(4, 16, "2 2")]
    [DataRow(5, 16, "2 3")]
    public void Divide_SpreadsTheRegistersEvenly(int vectorCount, int registerCount, string expected)
    {
        VectorPanel[] panels = VectorPanels.Divide(vectorCount, registerCount);

        Assert.AreEqual(expected, string.Join(' ', panels.Select(panel => panel.VectorCount)));
    }
}
