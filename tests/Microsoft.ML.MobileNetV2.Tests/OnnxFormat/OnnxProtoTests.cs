using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.OnnxFormat;

/// <summary>The committed code against the file that it is generated from.</summary>
[TestClass]
public sealed partial class OnnxProtoTests
{
    [TestMethod]
    public void GeneratedCode_HasTheFieldsOfTheProtoFile()
    {
        string[] expected = [.. ReadProto().Order(StringComparer.Ordinal)];

        string[] actual = [.. OnnxReflection.Descriptor.MessageTypes.SelectMany(Describe).Order(StringComparer.Ordinal)];

        Assert.IsGreaterThan(50, expected.Length);
        Assert.AreSequenceEqual(expected, actual, "run eng/generate-onnx-format.sh");
    }

    private static IEnumerable<string> ReadProto()
    {
        string text = File.ReadAllText(Repository.PathOf("src", "Microsoft.ML.MobileNetV2.Core", "OnnxFormat", "onnx.proto"));
        Stack<string> scopes = [];
        foreach (Match match in Statement().Matches(Comment().Replace(text, string.Empty)))
        {
            if (match.Groups["scope"].Success)
            {
                // The fields of a oneof are those of its message.
                scopes.Push(match.Groups["kind"].Value == "oneof" ? scopes.Peek() : match.Groups["scope"].Value);
            }
            else if (match.Groups["number"].Success)
            {
                string type = $"{match.Groups["repeated"].Value}{match.Groups["type"].Value}";
                yield return $"{scopes.Peek()}: {type} {match.Groups["name"].Value} = {match.Groups["number"].Value}";
            }
            else
            {
                scopes.Pop();
            }
        }
    }

    private static IEnumerable<string> Describe(MessageDescriptor message) =>
    [
        .. message.Fields.InDeclarationOrder().Select(field =>
            $"{message.Name}: {(field.IsRepeated ? "repeated " : string.Empty)}{TypeOf(field)} {field.Name} = {field.FieldNumber}"),
        .. message.EnumTypes.SelectMany(type => type.Values.Select(value => $"{type.Name}:  {value.Name} = {value.Number}")),
        .. message.NestedTypes.SelectMany(Describe),
    ];

    private static string TypeOf(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => field.MessageType.Name,
        FieldType.Enum => field.EnumType.Name,
        FieldType type => type.ToString().ToLowerInvariant(),
    };

    [GeneratedRegex("//[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(
        @"(?<kind>message|enum|oneof) (?<scope>\w+) \{" +
        @"|(?:(?<repeated>repeated )|optional )?(?:(?<type>\w+) )?(?<name>\w+) = (?<number>\d+)[^;]*;" +
        @"|\}")]
    private static partial Regex Statement();
}
