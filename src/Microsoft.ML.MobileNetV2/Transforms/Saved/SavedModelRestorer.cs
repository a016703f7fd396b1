using Microsoft.Extensions.Logging;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Models;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Onnx;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Puts networks with their parallel engine, and heads on features, in place of the stock transformers that a saved model has for them.</summary>
/// <remarks>
/// The stock transformers of a network are neighbors in a chain, alone in it or with others that were appended after loading.
/// </remarks>
internal sealed class SavedModelRestorer(SavedModel saved, ILogger contextLog)
{
    /// <summary>The place of the network among the transformers of <see cref="SavedChain"/>.</summary>
    private const int NetworkIndex = 4;

    private static readonly Type[] StockTypes =
    [
        typeof(ColumnCopyingTransformer), typeof(ITransformer), typeof(OnnxTransformer), typeof(ITransformer), typeof(OnnxTransformer), typeof(ITransformer),
    ];

    /// <summary>Returns a model in which every saved network is one of this library again.</summary>
    internal ITransformer Restore(ITransformer loaded) => Restore(loaded, ModelChain.Root);

    private ITransformer Restore(ITransformer transformer, string folder)
    {
        if (transformer is not IEnumerable<ITransformer> chain)
        {
            return transformer;
        }

        ITransformer[] parts = [.. chain];
        List<ITransformer> restored = [];
        int index = 0;
        while (index < parts.Length)
        {
            if (TryRestoreNetwork(parts.AsSpan(index), folder, index) is { } restoredNetwork)
            {
                restored.Add(restoredNetwork);
                index += StockTypes.Length;
            }
            else
            {
                string part = ModelChain.PartFolder(folder, index);
                restored.Add(TryRestoreHead(parts[index], part) ?? Restore(parts[index], part));
                index++;
            }
        }

        return restored.Count == 1 && parts.Length == StockTypes.Length ? restored[0] : new TransformerChain<ITransformer>([.. restored]);
    }

    private ITransformer? TryRestoreNetwork(ReadOnlySpan<ITransformer> parts, string folder, int index)
    {
        if (!IsStockChain(parts) || saved.TryGetNetwork(ModelChain.PartFolder(folder, index + NetworkIndex)) is not { } network)
        {
            return null;
        }

        foreach (ITransformer part in parts[..StockTypes.Length])
        {
            (part as IDisposable)?.Dispose();
        }

        ImageNetworkSettings settings = new(
            network.OutputColumnName,
            network.InputColumnName,
            new(network.Network, network.Settings.Preprocessing, network.Settings.Decoding),
            network.Settings.UnreadableImages,
            OnUnreadableImage: null)
        {
            PixelFormat = new(network.Settings.PixelLayout, network.Settings.PixelRange),
            Logger = contextLog,
        };
        DataViewType inputType = ImageColumn.TypeOf(network.InputKind);
        return network.Network.Head is null
            ? new MobileNetV2FeaturizerTransformer(settings, inputType)
            : new ImageNetworkTransformer(settings, inputType, nameof(ITransformer));
    }

    private FeatureHeadTransformer? TryRestoreHead(ITransformer part, string folder)
    {
        if (part is not OnnxTransformer stock || saved.TryGetFeatureHead(folder) is not { } head)
        {
            return null;
        }

        (stock as IDisposable)?.Dispose();
        return FeatureHeadTransformer.Create(head.Head, head.OutputColumnName!, head.InputColumnName);
    }

    private static bool IsStockChain(ReadOnlySpan<ITransformer> parts)
    {
        if (parts.Length < StockTypes.Length)
        {
            return false;
        }

        for (int i = 0; i < StockTypes.Length; i++)
        {
            if (!StockTypes[i].IsInstanceOfType(parts[i]))
            {
                return false;
            }
        }

        return true;
    }
}
