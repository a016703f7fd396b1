using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Architecture;

/// <summary>Represents one block of the network (section 3.3 of the paper): expand, depthwise, project, and a shortcut where the shapes allow it.</summary>
internal sealed record InvertedResidual
{
    /// <summary>Initializes a block; the layers' names follow torchvision, where a block without expansion has one step less.</summary>
    internal InvertedResidual(int index, int inputChannels, int outputChannels, int expansionFactor, int stride)
    {
        Index = index;
        Name = string.Create(CultureInfo.InvariantCulture, $"features.{index + 1}");
        int hidden = inputChannels * expansionFactor;
        Expand = expansionFactor == 1
            ? null
            : new($"{Name}.conv.0.0", $"{Name}.conv.0.1", inputChannels, hidden, 1, 1, IsDepthwise: false, HasRelu6: true);
        int step = Expand is null ? 0 : 1;
        Depthwise = new($"{Name}.conv.{step}.0", $"{Name}.conv.{step}.1", hidden, hidden, 3, stride, IsDepthwise: true, HasRelu6: true);
        Project = new($"{Name}.conv.{step + 1}", $"{Name}.conv.{step + 2}", hidden, outputChannels, 1, 1, IsDepthwise: false, HasRelu6: false);
        HasShortcut = stride == 1 && inputChannels == outputChannels;
    }

    /// <summary>Gets the name of the block in torchvision's naming.</summary>
    internal string Name { get; }

    /// <summary>Gets the index of the block in the network.</summary>
    internal int Index { get; }

    /// <summary>Gets the index of the block's stage in <see cref="Architecture.Stage.Table"/>.</summary>
    internal required int Stage { get; init; }

    /// <summary>Gets the index of the block in its stage.</summary>
    internal required int Repeat { get; init; }

    /// <summary>Gets the convolution that widens the input; null where the expansion factor is 1.</summary>
    internal ConvLayer? Expand { get; }

    internal ConvLayer Depthwise { get; }

    internal ConvLayer Project { get; }

    /// <summary>Gets a value indicating whether the input is added to the output: only where neither size nor channels change.</summary>
    internal bool HasShortcut { get; }
}
