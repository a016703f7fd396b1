using System.Globalization;
using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Reads the network that an ONNX graph is: its tensors, its classifier, and what the graph says about padding and preprocessing.</summary>
internal sealed class OnnxNetwork
{
    private readonly OnnxGraph _graph;
    private readonly OnnxBackbone _backbone;
    private readonly OnnxWalk _walk;
    private readonly string _source;

    internal OnnxNetwork(OnnxGraph graph, string source)
    {
        _graph = graph;
        _source = source;
        _backbone = new(graph, FindSteps(graph, source));
        _walk = new(graph, _backbone);
    }

    /// <summary>Reads the network.</summary>
    /// <param name="metadata">What the file says about itself; it wins over what the graph suggests.</param>
    internal Checkpoint Read(IReadOnlyDictionary<string, string> metadata)
    {
        IReadOnlyList<OnnxValue> outputs = _walk.Run();
        OnnxHead[] heads = [.. outputs.OfType<OnnxHead>()];
        foreach (OnnxMap map in outputs.OfType<OnnxMap>())
        {
            _backbone.End(map);
        }

        if (heads.Length == 0 && outputs.OfType<OnnxMap>().FirstOrDefault() is null)
        {
            throw _graph.Unsupported("no output of the graph depends on its image.");
        }

        string[] ignored = AddClassifier(heads);
        Dictionary<string, string> described = Describe();
        foreach ((string key, string value) in metadata)
        {
            described[key] = value;
        }

        if (!_backbone.Tensors.Tensors.ContainsKey($"{MobileNetV2Architecture.ClassifierName}.weight"))
        {
            described.Remove("class_names");
        }

        return new(_source, _backbone.Tensors.Tensors, described) { FileNames = _backbone.Tensors.FileNames, IgnoredTensors = ignored };
    }

    /// <summary>Returns the steps of the network that has as many convolutions, with as many channels; they say where shortcuts are.</summary>
    private static IReadOnlyList<NetworkStep> FindSteps(OnnxGraph graph, string source)
    {
        const int MostOfHead = 3;
        NodeProto[] convs = [.. graph.Nodes.Where(node => node.OpType == "Conv")];
        MobileNetV2Architecture[] known = [.. ArchitectureInference.PublishedDepths.Select(depth => new MobileNetV2Architecture(1, depth))];
        MobileNetV2Architecture depth = Array.FindLast(known, candidate => convs.Length >= ConvCount(candidate) && convs.Length <= ConvCount(candidate) + MostOfHead)
            ?? throw graph.Unsupported(
                $"the graph has {convs.Length} convolutions; a MobileNetV2 has {string.Join(", ", known.Select(ConvCount))}, and one more where its classifier is one.");
        Dictionary<string, WeightTensor> shapes = depth.ConvLayers
            .Zip(convs)
            .ToDictionary(pair => $"{pair.First.Name}.weight", pair => graph.Numbers(graph.RequireConstant(pair.Second, 1, "weight")), StringComparer.Ordinal);
        return ArchitectureInference.Infer(new(source, shapes, new Dictionary<string, string>())).Steps;

        static int ConvCount(MobileNetV2Architecture architecture) => architecture.ConvLayers.Count();
    }

    /// <summary>Adds the classifier where the graph's heads are one dense layer, and returns the names of the tensors of heads that are left out.</summary>
    private string[] AddClassifier(OnnxHead[] heads)
    {
        OnnxHead? unknown = Array.Find(heads, head => head.Unknown is not null);
        OnnxDense[] classifiers = [.. heads.Select(head => head.Dense).OfType<OnnxDense>().Distinct(ReferenceEqualityComparer.Instance).OfType<OnnxDense>()];
        int layers = _walk.HeadNodes.Count(node => node.OpType is "Gemm" or "MatMul" or "Conv");
        if (layers > 1 && (unknown is not null || classifiers.Length > 1))
        {
            return HeadTensors();
        }

        if ((unknown ?? Array.Find(heads, head => head.Before is not null)) is { } changed)
        {
            throw _graph.Refuse(
                changed.Unknown ?? changed.Node,
                "changes the features or the classifier's output, and is neither a dense layer nor can be folded into one. Export the network without it.");
        }

        if (classifiers is [{ } classifier])
        {
            _backbone.Tensors.Add($"{MobileNetV2Architecture.ClassifierName}.weight", classifier.Weight);
            _backbone.Tensors.Add($"{MobileNetV2Architecture.ClassifierName}.bias", classifier.BiasTensor);
        }

        return [];
    }

    private string[] HeadTensors() => [.. _walk.HeadNodes
        .SelectMany(node => node.Input)
        .Where(name => _graph.Constant(name) is { } tensor && !OnnxTensors.HoldsIntegers(tensor))
        .Distinct(StringComparer.Ordinal)];

    private Dictionary<string, string> Describe()
    {
        Dictionary<string, string> metadata = _backbone.Padding == PaddingConvention.Same
            ? new(TensorFlowWeights.Metadata, StringComparer.Ordinal)
            : new(StringComparer.Ordinal) { ["padding"] = "symmetric" };
        if (_backbone.Epsilon is { } epsilon)
        {
            metadata["batch_norm_epsilon"] = epsilon.ToString("R", CultureInfo.InvariantCulture);
        }

        OnnxImage image = _backbone.Image!;
        if (image.Height == image.Width && image.Height is >= MobileNetV2Architecture.MinInputSize and <= MobileNetV2Architecture.MaxInputSize)
        {
            metadata["input_size"] = image.Height.Value.ToString(CultureInfo.InvariantCulture);
        }

        bool isBytes = _graph.Input.Type?.TensorType?.ElemType == (int)TensorProto.Types.DataType.Uint8;
        OnnxNormalization.Describe(metadata, image, isBytes);
        return metadata;
    }
}
