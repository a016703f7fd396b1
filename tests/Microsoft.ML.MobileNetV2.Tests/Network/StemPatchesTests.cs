using Microsoft.ML.MobileNetV2.Network;

namespace Microsoft.ML.MobileNetV2.Tests.Network;

[TestClass]
public sealed class StemPatchesTests
{
    private const int PatchLength = 27;
    private const float Untouched = -1;

    [TestMethod]
    [DataRow(32, PaddingConvention.Same)]
    [DataRow(33, PaddingConvention.Same)]
    [DataRow(34, PaddingConvention.Symmetric)]
    [DataRow(35, PaddingConvention.Symmetric)]
    public unsafe void Fill_AnyRows_CopiesNeighborhoodsAndNothingBeyond(int size, PaddingConvention padding)
    {
        BlockPlan block = NetworkPlan.Create(new(), padding, size, lanes: 16, keepsMap: false).Blocks[0];
        float[] input = [.. Enumerable.Range(1, 3 * size * size).Select(value => (float)value)];
        float[] patches = new float[block.Size * block.Size * PatchLength + PatchLength];
        for (int start = 0; start < block.Size; start += 3)
        {
            int count = Math.Min(3, block.Size - start);
            Array.Fill(patches, Untouched);

            fixed (float* source = input, target = patches)
            {
                StemPatches.Fill(block, source, start, count, target);
            }

            int length = count * block.Size * PatchLength;
            Assert.AreSequenceEqual(Expected(block, input, start, count), patches[..length]);
            Assert.IsTrue(patches[length..].All(value => value == Untouched));
        }
    }

    private static float[] Expected(BlockPlan block, float[] input, int start, int count) =>
    [
        .. from y in Enumerable.Range(start, count)
           from x in Enumerable.Range(0, block.Size)
           from channel in Enumerable.Range(0, 3)
           from row in Enumerable.Range(2 * y - block.SourcePadding, 3)
           from column in Enumerable.Range(2 * x - block.SourcePadding, 3)
           let isInside = Math.Min(row, column) >= 0 && Math.Max(row, column) < block.SourceSize
           select isInside ? input[(channel * block.SourceSize + row) * block.SourceSize + column] : 0,
    ];
}
