using System.Globalization;
using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Finds the layers of a MobileNetV2 in an ONNX graph.</summary>
internal sealed class OnnxNetwork(OnnxGraph graph, string source)
{
    private const float DefaultEpsilon = 1e-5f;
    private readonly OnnxPadding _padding = new(graph, source);
    private readonly HashSet<float> _epsilons = [];
    private readonly Dictionary<string, WeightTensor> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _fileNames = new(StringComparer.Ordinal);

    /// <summary>Reads the network.</summary>
    /// <param name="metadata">What the file says about itself; it wins over what the graph suggests.</param>
    internal Checkpoint Read(IReadOnlyDictionary<string, string> metadata)
    {
        NodeProto[] convs = [.. graph.Nodes.Where(node => node.OpType == "Conv")];
        IReadOnlyList<NetworkStep> steps = FindSteps(convs.Length);
        CheckOrder(convs, steps);
        foreach ((NodeProto conv, ConvStep step) in convs.Zip(steps.OfType<ConvStep>()))
        {
            AddConv(conv, step.Layer);
        }

        bool hasClassifier = AddClassifier();
        Dictionary<string, string> described = Describe();
        foreach ((string key, string value) in metadata)
        {
            described[key] = value;
        }

        if (!hasClassifier)
        {
            described.Remove("class_names");
        }

        return new(source, _tensors, described) { FileNames = _fileNames };
    }

    private IReadOnlyList<NetworkStep> FindSteps(int convCount)
    {
        IReadOnlyList<NetworkStep>[] known = [.. ArchitectureInference.PublishedDepths.Select(depth => new MobileNetV2Architecture(1, depth).Steps)];
        return Array.Find(known, steps => ConvCount(steps) == convCount)
            ?? throw Unsupported($"the graph has {convCount} convolutions; a MobileNetV2 has {string.Join(", ", known.Select(ConvCount))}.");

        static int ConvCount(IReadOnlyList<NetworkStep> steps) => steps.OfType<ConvStep>().Count();
    }

    /// <summary>Checks that the input of each convolution comes from where the network's steps say: shortcuts add that of earlier ones.</summary>
    private void CheckOrder(NodeProto[] convs, IReadOnlyList<NetworkStep> steps)
    {
        List<HashSet<int>> sources = [];
        HashSet<int> current = [];
        int index = 0;
        foreach (NetworkStep step in steps)
        {
            if (step is ConvStep)
            {
                CheckSources(convs, index, current);
                current = [index++];
            }
            else if (step is ShortcutStep shortcut)
            {
                current = [.. current, .. sources[shortcut.InputStep]];
            }

            sources.Add(current);
        }
    }

    private void CheckSources(NodeProto[] convs, int index, HashSet<int> expected)
    {
        NodeProto conv = convs[index];
        IEnumerable<NodeProto> before = graph.NearestBefore(conv.Input.FirstOrDefault(string.Empty), "Conv");
        if (!expected.SetEquals(before.Select(node => Array.IndexOf(convs, node))))
        {
            throw Unsupported(
                $"{OnnxGraph.Describe(conv)} does not follow the convolution before it, with the shortcuts between them, as the layers of a MobileNetV2 do.");
        }
    }

    private void AddConv(NodeProto conv, ConvLayer layer)
    {
        WeightTensor weight = Add($"{layer.Name}.weight", graph.RequireConstant(conv, 1, "weight"));
        long group = layer.IsDepthwise ? weight.Shape is [int channels, ..] ? channels : 0 : 1;
        if (conv.Integer("group", 1) != group
            || conv.Integers("strides", 1, 1).Any(stride => stride != layer.Stride)
            || conv.Integers("dilations", 1, 1).Any(dilation => dilation != 1))
        {
            throw Unsupported($"{OnnxGraph.Describe(conv)} has another stride, dilation or group than a MobileNetV2 has there.");
        }

        _padding.Add(conv, layer);
        if (conv.Input.Count > 2 && conv.Input[2].Length > 0)
        {
            Add($"{layer.Name}.bias", graph.RequireConstant(conv, 2, "bias"));
        }

        if (graph.Consumers(conv.Output.FirstOrDefault(string.Empty)).FirstOrDefault(node => node.OpType == "BatchNormalization") is { } batchNorm)
        {
            AddBatchNorm(batchNorm, layer);
        }
    }

    private void AddBatchNorm(NodeProto node, ConvLayer layer)
    {
        Add($"{layer.BatchNormName}.weight", graph.RequireConstant(node, 1, "scale"));
        Add($"{layer.BatchNormName}.bias", graph.RequireConstant(node, 2, "shift"));
        Add($"{layer.BatchNormName}.running_mean", graph.RequireConstant(node, 3, "mean"));
        Add($"{layer.BatchNormName}.running_var", graph.RequireConstant(node, 4, "variance"));
        _epsilons.Add(node.Single("epsilon", DefaultEpsilon));
    }

    private bool AddClassifier()
    {
        NodeProto[] dense = [.. graph.Nodes.Where(node => node.OpType is "Gemm" or "MatMul")];
        if (dense.Length > 1)
        {
            throw Unsupported(
                $"the graph has {dense.Length} dense layers; a MobileNetV2 has one. Replace the head by a single dense layer, or export without it.");
        }

        if (dense.Length == 0)
        {
            return false;
        }

        OnnxClassifier classifier = OnnxClassifier.Read(graph, dense[0], source);
        _tensors.Add($"{MobileNetV2Architecture.ClassifierName}.weight", classifier.Weight);
        _tensors.Add($"{MobileNetV2Architecture.ClassifierName}.bias", classifier.Bias);
        return true;
    }

    private Dictionary<string, string> Describe()
    {
        Dictionary<string, string> metadata = _padding.Convention == PaddingConvention.Same
            ? new(TensorFlowWeights.Metadata, StringComparer.Ordinal)
            : new(StringComparer.Ordinal) { ["padding"] = "symmetric" };
        if (_epsilons.Count > 1)
        {
            throw Unsupported("its batch-norm layers have different epsilons; those of a MobileNetV2 have one.");
        }

        foreach (float epsilon in _epsilons)
        {
            metadata["batch_norm_epsilon"] = epsilon.ToString("R", CultureInfo.InvariantCulture);
        }

        if (FindInputSize() is { } size)
        {
            metadata["input_size"] = size.ToString(CultureInfo.InvariantCulture);
        }

        return metadata;
    }

    private long? FindInputSize() => graph.Inputs
        .Select(input => input.Type?.TensorType?.Shape?.Dim)
        .Where(dimensions => dimensions?.Count == 4 && dimensions[2].DimValue == dimensions[3].DimValue)
        .Select(dimensions => (long?)dimensions![2].DimValue)
        .FirstOrDefault(size => size is >= MobileNetV2Architecture.MinInputSize and <= MobileNetV2Architecture.MaxInputSize);

    private WeightTensor Add(string name, TensorProto tensor)
    {
        WeightTensor weights = OnnxTensors.ToWeights(tensor, source);
        _tensors[name] = weights;
        _fileNames[name] = tensor.Name;
        return weights;
    }

    private WeightsFormatException Unsupported(string message) => new(WeightsFormatError.UnsupportedNetwork, source, message);
}
