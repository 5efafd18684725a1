using System.Text;
using InfantMHWeek.Campaign.Content;

namespace InfantMHWeek.Campaign.Library;

/// <summary>A file's whole text, byte for byte (a mark at its beginning stays in the text), and its hash.</summary>
sealed record ContentText(string Text, string Hash)
{
    public static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="IOException">It cannot be read, or not as text.</exception>
    public static ContentText Read(string path) => Of(File.ReadAllBytes(path)) ?? throw new IOException("The file is not saved as UTF-8.");

    /// <returns>Null when the bytes are no text.</returns>
    public static ContentText? Of(byte[] bytes)
    {
        try
        {
            return new(Utf8.GetString(bytes), ContentHash.Of(bytes));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
