using System.Globalization;
using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Describes a MobileNetV2 network: its layers with shapes, parameters and cost.</summary>
/// <remarks>
/// Follows Table 2 of arXiv:1801.04381. A description holds no weights. It is immutable and safe to use from several threads.
/// </remarks>
public sealed class MobileNetV2Architecture
{
    /// <summary>Specifies the smallest input size in pixels: five layers of stride 2 reduce it to one pixel.</summary>
    public const int MinInputSize = 32;

    /// <summary>Specifies the largest input size in pixels.</summary>
    public const int MaxInputSize = 4096;

    /// <summary>Initializes a description of the network.</summary>
    /// <param name="widthMultiplier">Factor on the channels of every layer (α in the paper); above 0, at most 10. The default is 1.0.</param>
    /// <param name="depthMultiplier">
    /// Factor on the blocks of the five middle stages; at least 1, at most 10. The default is 1.0. Above 1, stem and last convolution
    /// keep their width whatever the width multiplier is, as in timm's <c>mobilenetv2_110d</c> and <c>mobilenetv2_120d</c>.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A multiplier is out of its range.</exception>
    public MobileNetV2Architecture(float widthMultiplier = 1.0f, float depthMultiplier = 1.0f)
    {
        const float Largest = 10;
        if (!(widthMultiplier > 0 && widthMultiplier <= Largest))
        {
            throw new ArgumentOutOfRangeException(
                nameof(widthMultiplier), widthMultiplier, "The width multiplier must be above 0 and at most 10; published weights have 0.35 to 1.4.");
        }

        if (!(depthMultiplier >= 1 && depthMultiplier <= Largest))
        {
            throw new ArgumentOutOfRangeException(nameof(depthMultiplier), depthMultiplier, "The depth multiplier must be from 1 to 10.");
        }

        WidthMultiplier = widthMultiplier;
        DepthMultiplier = depthMultiplier;
        bool areEndsFixed = depthMultiplier > 1;
        int stemChannels = areEndsFixed ? Stage.StemChannels : ChannelCount.Scale(Stage.StemChannels, widthMultiplier);
        FeatureCount = areEndsFixed ? Stage.LastChannels : ChannelCount.Scale(Stage.LastChannels, Math.Max(1, widthMultiplier));
        ConvLayer stem = new("features.0.0", "features.0.1", 3, stemChannels, 3, 2, IsDepthwise: false, HasRelu6: true);
        Blocks = BuildBlocks(stemChannels);
        string name = string.Create(CultureInfo.InvariantCulture, $"features.{Blocks.Count + 1}");
        ConvLayer last = new($"{name}.0", $"{name}.1", Blocks[^1].Project.OutputChannels, FeatureCount, 1, 1, IsDepthwise: false, HasRelu6: true);
        Steps = NetworkSteps.Create(stem, Blocks, last);
    }

    /// <summary>Gets the width multiplier (α in the paper), which scales the channels of every layer.</summary>
    /// <value>Above 0. Published weights have 0.35, 0.5, 0.75, 1.0, 1.1, 1.2, 1.3 or 1.4.</value>
    public float WidthMultiplier { get; }

    /// <summary>Gets the depth multiplier, which scales the number of blocks of the five middle stages.</summary>
    /// <value>At least 1.</value>
    public float DepthMultiplier { get; }

    /// <summary>Gets the number of features, which are the channels of the last convolution.</summary>
    /// <value>1280 up to width multiplier 1.0; 1664 at 1.3 and 1792 at 1.4.</value>
    public int FeatureCount { get; }

    /// <summary>Gets the number of inverted residual blocks.</summary>
    /// <value>17 at depth multiplier 1.</value>
    public int BlockCount => Blocks.Count;

    /// <summary>Gets the steps of the backbone, from the stem to the pooling, in order of execution.</summary>
    internal IReadOnlyList<NetworkStep> Steps { get; }

    internal IReadOnlyList<InvertedResidual> Blocks { get; }

    /// <summary>Gets the name of the dense layer's tensors.</summary>
    internal static string ClassifierName => "classifier.1";

    /// <summary>Gets every convolution of the backbone, in order of execution.</summary>
    internal IEnumerable<ConvLayer> ConvLayers => Steps.OfType<ConvStep>().Select(step => step.Layer);

    /// <summary>Lists the layers with their shapes and cost.</summary>
    /// <param name="inputSize">Height and width of the image in pixels, from <see cref="MinInputSize"/> to <see cref="MaxInputSize"/>.</param>
    /// <param name="classCount">Number of outputs of the dense layer after the features; 0 leaves the layer out.</param>
    /// <returns>The layers in order of execution.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="inputSize"/> or <paramref name="classCount"/> is out of its range.</exception>
    public IReadOnlyList<LayerInfo> GetLayers(int inputSize = 224, int classCount = 0)
    {
        RequireInputSize(inputSize, nameof(inputSize));
        ArgumentOutOfRangeException.ThrowIfNegative(classCount);
        return LayerListing.Create(this, inputSize, classCount);
    }

    /// <summary>Returns the height and width in pixels of the last feature map.</summary>
    /// <param name="inputSize">Height and width of the image in pixels, from <see cref="MinInputSize"/> to <see cref="MaxInputSize"/>.</param>
    /// <returns>The size: 7 for an input of 224.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="inputSize"/> is out of its range.</exception>
    public int GetFeatureMapSize(int inputSize)
    {
        RequireInputSize(inputSize, nameof(inputSize));
        return ConvLayers.Aggregate(inputSize, (size, layer) => layer.OutputSize(size));
    }

    internal static void RequireInputSize(int inputSize, string parameterName)
    {
        if (inputSize is < MinInputSize or > MaxInputSize)
        {
            throw new ArgumentOutOfRangeException(
                parameterName,
                inputSize,
                $"The input size must be from {MinInputSize} to {MaxInputSize} pixels; the usual ones are 96, 128, 160, 192 and 224.");
        }
    }

    private List<InvertedResidual> BuildBlocks(int inputChannels)
    {
        List<InvertedResidual> blocks = [];
        for (int index = 0; index < Stage.Table.Count; index++)
        {
            Stage stage = Stage.Table[index];
            int outputChannels = ChannelCount.Scale(stage.Channels, WidthMultiplier);
            for (int repeat = 0; repeat < Repeats(stage); repeat++)
            {
                int stride = repeat == 0 ? stage.Stride : 1;
                blocks.Add(new(blocks.Count, inputChannels, outputChannels, stage.ExpansionFactor, stride) { Stage = index, Repeat = repeat });
                inputChannels = outputChannels;
            }
        }

        return blocks;
    }

    private int Repeats(Stage stage)
    {
        bool isEnd = stage == Stage.Table[0] || stage == Stage.Table[^1];
        return isEnd ? stage.Repeats : (int)Math.Ceiling(stage.Repeats * Math.Round((double)DepthMultiplier, 6));
    }
}
