using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.Tests.Architecture;

[TestClass]
public sealed class ConvLayerTests
{
    [TestMethod]
    [DataRow(3, 1, 56, PaddingConvention.Symmetric, 1, 1)]
    [DataRow(3, 2, 56, PaddingConvention.Symmetric, 1, 1)]
    [DataRow(3, 2, 97, PaddingConvention.Symmetric, 1, 1)]
    [DataRow(1, 1, 56, PaddingConvention.Symmetric, 0, 0)]
    [DataRow(3, 1, 56, PaddingConvention.Same, 1, 1)]
    [DataRow(3, 1, 7, PaddingConvention.Same, 1, 1)]
    [DataRow(3, 2, 56, PaddingConvention.Same, 0, 1, DisplayName = "stride 2, even size: the odd pixel comes after the end")]
    [DataRow(3, 2, 97, PaddingConvention.Same, 1, 1, DisplayName = "stride 2, odd size: as symmetric")]
    [DataRow(3, 2, 1, PaddingConvention.Same, 1, 1, DisplayName = "one pixel")]
    [DataRow(1, 1, 56, PaddingConvention.Same, 0, 0)]
    public void Padding_FollowsTheConvention(int kernelSize, int stride, int inputSize, PaddingConvention convention, int before, int after)
    {
        ConvLayer layer = Layer(kernelSize, stride);

        (int Before, int After) padding = layer.Padding(inputSize, convention);

        Assert.AreEqual((before, after), padding);
    }

    [TestMethod]
    [DataRow(32)]
    [DataRow(33)]
    [DataRow(96)]
    [DataRow(97)]
    [DataRow(225)]
    public void OutputSize_IsWhatThePaddedInputGives(int inputSize)
    {
        foreach (PaddingConvention convention in Enum.GetValues<PaddingConvention>())
        {
            foreach (ConvLayer layer in new[] { Layer(1, 1), Layer(3, 1), Layer(3, 2) })
            {
                (int before, int after) = layer.Padding(inputSize, convention);

                int positions = (inputSize + before + after - layer.KernelSize) / layer.Stride + 1;

                Assert.AreEqual(positions, layer.OutputSize(inputSize), $"kernel {layer.KernelSize}, stride {layer.Stride}, {convention}");
            }
        }
    }

    private static ConvLayer Layer(int kernelSize, int stride) => new("conv", "norm", 8, 8, kernelSize, stride, IsDepthwise: true, HasRelu6: true);
}
