namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Finds the tensors of a model in what a PyTorch file holds, which may be a whole training checkpoint.</summary>
internal static class TorchStateDict
{
    private const int MaxDepth = 4;
    private static readonly string[] Wrappers = ["state_dict", "model_state_dict", "model", "net", "state_dict_ema", "model_ema"];

    internal static Dictionary<string, PickledTensor> Find(object? root, string source)
    {
        object? current = root;
        for (int depth = 0; depth < MaxDepth && current is Dictionary<object, object?> dictionary; depth++)
        {
            Dictionary<string, PickledTensor> tensors = new(StringComparer.Ordinal);
            foreach ((object key, object? value) in dictionary)
            {
                if (key is string name && value is PickledTensor tensor)
                {
                    tensors.Add(name, tensor);
                }
            }

            if (tensors.Count > 0)
            {
                return tensors;
            }

            current = Array.Find(Wrappers, dictionary.ContainsKey) is { } wrapper ? dictionary[wrapper] : null;
        }

        throw new WeightsFormatException(
            WeightsFormatError.MissingTensor, source, $"it holds no state dict, neither at the top nor under '{string.Join("', '", Wrappers)}'.");
    }
}
