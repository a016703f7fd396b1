namespace Microsoft.ML.MobileNetV2.Architecture;

/// <summary>Is one block of the network (section 3.3 of the paper): expand, depthwise, project, and a shortcut where the shapes allow it.</summary>
internal sealed record InvertedResidual(string Name, ConvLayer? Expand, ConvLayer Depthwise, ConvLayer Project)
{
    internal int InputChannels => (Expand ?? Depthwise).InputChannels;

    /// <summary>Gets whether the input is added to the output: only where neither size nor channels change.</summary>
    internal bool HasShortcut => Depthwise.Stride == 1 && InputChannels == Project.OutputChannels;

    internal IEnumerable<ConvLayer> Layers => Expand is null ? [Depthwise, Project] : [Expand, Depthwise, Project];

    /// <summary>Describes a block; the layers' names follow torchvision, where a block without expansion has one step less.</summary>
    internal static InvertedResidual Create(string name, int inputChannels, int outputChannels, int expansionFactor, int stride)
    {
        int hidden = inputChannels * expansionFactor;
        ConvLayer? expand = expansionFactor == 1
            ? null
            : new($"{name}.conv.0.0", $"{name}.conv.0.1", inputChannels, hidden, 1, 1, IsDepthwise: false, HasRelu6: true);
        int step = expand is null ? 0 : 1;
        ConvLayer depthwise = new(
            $"{name}.conv.{step}.0", $"{name}.conv.{step}.1", hidden, hidden, 3, stride, IsDepthwise: true, HasRelu6: true);
        ConvLayer project = new(
            $"{name}.conv.{step + 1}", $"{name}.conv.{step + 2}", hidden, outputChannels, 1, 1, IsDepthwise: false, HasRelu6: false);
        return new(name, expand, depthwise, project);
    }
}
