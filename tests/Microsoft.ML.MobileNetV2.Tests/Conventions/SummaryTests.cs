using System.Reflection;
using System.Xml.Linq;

namespace Microsoft.ML.MobileNetV2.Tests.Conventions;

/// <summary>Public summaries read like those of .NET: "Represents …", "Gets …", "Specifies …".</summary>
[TestClass]
public sealed class SummaryTests
{
    private const BindingFlags AnyPublic = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] WrongBeginnings = ["Is ", "Says ", "Names ", "Tells "];

    [TestMethod]
    public void PublicSummaries_BeginAsInDotNet()
    {
        (string Id, string Summary)[] summaries = [.. Drawing.Assemblies
            .SelectMany(assembly => XElement.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member"))
            .Select(member => (Id: member.Attribute("name")!.Value, Summary: member.Element("summary")?.Value.Trim() ?? string.Empty))
            .Where(member => IsPublic(member.Id))];

        string[] violations = [.. summaries
            .Where(member => WrongBeginnings.Any(beginning => member.Summary.StartsWith(beginning, StringComparison.Ordinal)))
            .Select(member => $"{member.Id}: {member.Summary}")];

        Assert.IsGreaterThan(300, summaries.Length, "public summaries that were read");
        Assert.IsEmpty(violations, string.Join(Environment.NewLine, violations));
    }

    /// <summary>Returns whether an ID of the documentation file, such as <c>P:Namespace.Type.Property</c>, belongs to the public API.</summary>
    private static bool IsPublic(string id)
    {
        string name = id[2..].Split('(')[0];
        if (id[0] == 'T')
        {
            return FindPublicType(name) is not null;
        }

        int dot = name.LastIndexOf('.');
        string member = name[(dot + 1)..].Split('`')[0].Replace("#ctor", ConstructorInfo.ConstructorName, StringComparison.Ordinal);
        return FindPublicType(name[..dot])?.GetMember(member, AnyPublic).Length > 0;
    }

    /// <summary>Returns a public type; in the documentation file, nested types follow a point.</summary>
    private static Type? FindPublicType(string name) =>
        Drawing.Assemblies.SelectMany(assembly => assembly.GetExportedTypes()).FirstOrDefault(type => type.FullName!.Replace('+', '.') == name);
}
