using System.Text;
using Google.Protobuf;
using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Damages the parts of saved models under right checksums.</summary>
internal static class SavedModelMutator
{
    private const string NetworkName = "OnnxModel";

    /// <param name="zip">A saved model.</param>
    /// <param name="onlyNetworks">True to leave alone what ML.NET reads.</param>
    internal static ZipMutator Create(byte[] zip, bool onlyNetworks = false) => new(zip, Damage)
    {
        IsDamaged = name => !onlyNetworks || name.EndsWith(NetworkName, StringComparison.Ordinal),
    };

    /// <summary>Damages a part; a graph often as a graph, so that it can still be parsed.</summary>
    private static byte[] Damage(string name, byte[] content, FileMutator mutator)
    {
        if (!name.EndsWith(NetworkName, StringComparison.Ordinal) || mutator.Chance(3) || TryParse(content) is not { Graph: not null } model)
        {
            return mutator.Mutate(content);
        }

        if (model.MetadataProps.Count > 0 && mutator.Chance(2))
        {
            DamageText(model.MetadataProps[mutator.Next(model.MetadataProps.Count)], mutator);
        }
        else if (model.Graph.Initializer.Count > 0 && model.Graph.Node.Count > 0)
        {
            OnnxModels.Damage(model, mutator);
        }

        byte[] bytes = model.ToByteArray();
        return [.. BitConverter.GetBytes(bytes.Length), .. bytes];
    }

    /// <summary>Returns the graph of a part; null where it was damaged before.</summary>
    private static ModelProto? TryParse(byte[] content)
    {
        try
        {
            return content.Length > sizeof(int) ? ModelProto.Parser.ParseFrom(content, sizeof(int), content.Length - sizeof(int)) : null;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    /// <summary>Damages a text that is long enough to be damaged.</summary>
    private static void DamageText(StringStringEntryProto entry, FileMutator mutator) =>
        entry.Value = Encoding.Latin1.GetString(mutator.Mutate(Encoding.UTF8.GetBytes(entry.Value.PadRight(17))));
}
