namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Finds the tensors of a model in what a PyTorch file holds, which may be a whole training checkpoint.</summary>
/// <remarks>Dictionaries are judged by what is in them: the accuracy of a training, the averages of an optimizer and the model are all tensors.</remarks>
internal sealed class TorchStateDict
{
    private const int MaxDepth = 8;

    /// <summary>The weights of convolutions that even the smallest network has.</summary>
    private const int FewestConvs = 52;

    /// <summary>The usual names of state dicts; of several in one file, the one that comes first here is read.</summary>
    private static readonly string[] Names = ["state_dict", "model_state_dict", "model", "net", "state_dict_ema", "model_ema"];

    private readonly List<(string Name, Dictionary<string, PickledTensor> Tensors)> _found = [];
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<(string Name, object? Value, int Depth)> _open = new();

    internal static Dictionary<string, PickledTensor> Find(object? root, string source) =>
        new TorchStateDict().Find(root) ?? throw new WeightsFormatException(
            WeightsFormatError.MissingTensor,
            source,
            root is PickledObject whole
                ? $"it holds an object of '{whole.Type}', which stays closed, and no state dict. Save the state dict alone: torch.save(model.state_dict(), path)."
                : $"it holds no state dict, neither at the top nor under '{string.Join("', '", Names)}' or another name.");

    private Dictionary<string, PickledTensor>? Find(object? root)
    {
        _open.Enqueue((string.Empty, root, 0));
        while (_open.TryDequeue(out (string Name, object? Value, int Depth) current))
        {
            if (current.Value is Dictionary<object, object?> dictionary && _seen.Add(dictionary))
            {
                Visit(dictionary, current.Name, current.Depth);
            }
            else if (current.Value is List<object?> list && current.Depth < MaxDepth && _seen.Add(list))
            {
                list.ForEach(item => _open.Enqueue((string.Empty, item, current.Depth + 1)));
            }
        }

        return _found
            .OrderByDescending(found => IsNetwork(found.Tensors))
            .ThenBy(found => IsNetwork(found.Tensors) ? Rank(found.Name) : -found.Tensors.Count)
            .Select(found => found.Tensors)
            .FirstOrDefault();
    }

    private void Visit(Dictionary<object, object?> dictionary, string name, int depth)
    {
        Dictionary<string, PickledTensor> tensors = new(StringComparer.Ordinal);
        foreach ((object key, object? value) in dictionary)
        {
            if (key is string tensorName && value is PickledTensor tensor)
            {
                tensors.Add(tensorName, tensor);
            }
            else if (depth < MaxDepth && value is Dictionary<object, object?> or List<object?>)
            {
                _open.Enqueue((key as string ?? string.Empty, value, depth + 1));
            }
        }

        if (tensors.Count > 0)
        {
            _found.Add((name, tensors));
        }
    }

    private static bool IsNetwork(Dictionary<string, PickledTensor> tensors) => tensors.Values.Count(tensor => tensor.Shape.Count == 4) >= FewestConvs;

    private static int Rank(string name) => Array.IndexOf(Names, name) is >= 0 and var rank ? rank : Names.Length;
}
